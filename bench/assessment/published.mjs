/** Figures that others published, and why they cannot be compared with ours. */
export const PUBLISHED = `## What others publish

| monitor | figure | measured on |
| --- | --- | --- |
| best monitor of METR's MALT | AUROC 0.96 (reward hacking), 0.91 (sandbagging); 80–90 % of positives at 5 % false alarms | full transcripts with reasoning, model judges |
| best monitor of SHADE-Arena | AUC 0.87 | sabotage side tasks, full transcripts, model judges |
| Claude Code auto mode, both stages | 0.4 % false alarms on about 10,000 real actions; misses 17 % of 52 real over-eager actions | the person's words and the tool calls, a model judge |
| Codex auto-review | recall 99.3 % on prompt injection, 90.3 % on overreach; approves about 99 % | a model judge with the transcript |

None of these is a measurement of the same thing. They are judges with a model behind them that read what was said and, some of them, the reasoning; ours reads
one call at a time with tables, in microseconds, and sees neither intent nor meaning. Their sets are other sets. A false-alarm figure of 0.4 % and one of ours are
comparable in kind only: the mix of work decides. Use ours as the layer that is always on, and a monitor for the rest.
`;
