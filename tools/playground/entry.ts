// The playground's script: the command line's own functions behind its page. tools/build-playground.ts bundles it.
import { createStepAssessor } from '../../src/cli/assess/steps.ts';
import { explainCall } from '../../src/cli/explain/explain.ts';
import { ACTION_MEANINGS, anchorOf, REVERSIBILITY_MEANINGS } from '../../src/cli/explain/meanings.ts';
import { validateValues } from '../../src/cli/validate.ts';
import { jsonValues } from '../../src/otlp/json-values.ts';
import type { AssessedStep, Engine, Worded } from '../../src/pages/playground/engine.ts';
import { startPlayground } from '../../src/pages/playground/page.ts';
import { VERSION } from '../../src/signals/version.ts';

const worded = (value: string | null, words: Readonly<Record<string, string>>): Worded =>
  value === null
    ? { value: 'not known', words: 'the rules cannot say' }
    : { value, words: words[value] ?? '' };

const engine: Engine = {
  version: VERSION,
  explain(question) {
    const now = Date.now();
    const json = explainCall(question, [Math.floor(now / 1000), (now % 1000) * 1e6]);
    const { action_type: action, reversibility, risk_score: score, risk_level: level, rules, signals } = json;
    const { anchor, meaning } = anchorOf(score ?? 0);
    return {
      json,
      action: worded(action, ACTION_MEANINGS),
      reversibility: worded(reversibility, REVERSIBILITY_MEANINGS),
      risk:
        score === null
          ? undefined
          : { score, value: `${score.toFixed(2)} ${level}`, words: `nearest to ${anchor}: ${meaning}` },
      rules,
      signals,
    };
  },
  assess(text) {
    const assess = createStepAssessor();
    return text.split('\n').flatMap((line, index): AssessedStep[] => {
      const result = line.trim() === '' ? undefined : assess(line);
      if (result === undefined) return [];
      if ('problem' in result) return [{ line: index + 1, problem: result.problem }];
      const { assessed } = result;
      return [
        {
          line: index + 1,
          json: assessed,
          session: assessed.session_id,
          step: String(assessed.step),
          risk: assessed.risk_score,
          level: assessed.risk_level,
          action: assessed.action_type,
          reversibility: assessed.reversibility,
          signals: assessed.signals.map(signal => String(signal['class'])),
          rules: assessed.rules,
        },
      ];
    });
  },
  validate: text =>
    validateValues(
      'text',
      jsonValues(text.split(/\r?\n/), () => text),
    ),
};

startPlayground(engine);
