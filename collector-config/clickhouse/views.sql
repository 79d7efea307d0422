-- Sessions, steps and signals of agents, over the facts that facts.sql or rollups.sql gives. Run one of them first, then this file. The
-- first five are made anew every ten minutes, each after those that it reads (ClickHouse 24.10 or newer); the last two are plain views.
-- `otel-alignment report` runs the same SELECTs, each into a temporary table, where these views are missing or a stretch of time is asked for.

-- The nearest ancestor that names a session or an agent, for spans and signals that name none themselves. Known: the span is there, and whether it is
-- a step.
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_ancestors
REFRESH EVERY 10 MINUTE
ENGINE = MergeTree ORDER BY (TraceKey, SpanKey) AS
WITH RECURSIVE
  asked AS (
    SELECT DISTINCT TraceKey, SpanKey
    FROM (
      SELECT TraceKey, SpanKey FROM alignment_span_facts WHERE Kind != 'span' AND (Session = '' OR Agent = '')
      UNION ALL
      SELECT TraceKey, SpanKey FROM alignment_signal_facts
      WHERE SpanKey != 0 AND (Session = '' OR Agent = '' OR Face = 'log_record')
    )
  ),
  walk AS (
    SELECT TraceKey, SpanKey AS Start, SpanKey AS Here, '' AS Session, '' AS Agent, toUInt8(0) AS Depth, 0 AS IsStep FROM asked
    UNION ALL
    -- ANY: a span that was delivered several times counts once, or the walk would double at each of its levels
    SELECT
      w.TraceKey, w.Start, f.ParentKey,
      if(w.Session = '', f.Session, w.Session),
      if(w.Agent = '', toString(f.Agent), w.Agent),
      toUInt8(w.Depth + 1),
      if(w.Depth = 0, f.Kind = 'step', w.IsStep)
    FROM alignment_span_facts AS f
    ANY RIGHT JOIN (SELECT * FROM walk WHERE Here != 0 AND Depth < 64 AND (Session = '' OR Agent = '')) AS w
      ON f.TraceKey = w.TraceKey AND f.SpanKey = w.Here
    WHERE f.SpanKey != 0
  )
SELECT TraceKey, Start AS SpanKey, max(w.Session) AS Session, max(w.Agent) AS Agent, max(Depth) > 0 AS Known, max(IsStep) AS IsStep
FROM walk AS w
GROUP BY TraceKey, SpanKey;

-- Spans that are steps, or that state how a session is supervised, with the session and agent that they belong to.
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_agent_spans
REFRESH EVERY 10 MINUTE DEPENDS ON alignment_ancestors
ENGINE = MergeTree ORDER BY StepKey AS
SELECT
  f.TraceId AS TraceId, f.SpanId AS SpanId, f.TraceKey AS TraceKey, f.SpanKey AS SpanKey,
  cityHash64(f.TraceKey, f.SpanKey) AS StepKey,
  f.Kind AS Kind,
  multiIf(f.Session != '', f.Session, f.FoundSession != '', f.FoundSession, f.OwnSession != '', f.OwnSession,
          f.TraceId != '', f.TraceId, '(no session, no trace)') AS Session,
  f.Session != '' OR f.FoundSession != '' OR f.OwnSession != '' AS Named,
  multiIf(f.Agent != '', f.Agent, f.FoundAgent != '', f.FoundAgent, f.Kind = 'step', f.OwnAgent, '') AS Agent,
  f.Begin AS Begin, f.Finish AS Finish, f.Tool AS Tool, f.Call AS Call, f.Action AS Action, f.Reversibility AS Reversibility,
  f.Involvement AS Involvement, f.Risk AS Risk, f.Autonomy AS Autonomy, f.Status AS Status, f.Native AS Native
FROM (
  -- most name both themselves, and a join would copy them
  SELECT *, '' AS FoundSession, toLowCardinality('') AS FoundAgent
  FROM alignment_span_facts
  WHERE Kind != 'span' AND Session != '' AND Agent != ''
  UNION ALL
  SELECT o.*, a.Session, toLowCardinality(a.Agent)
  FROM (SELECT * FROM alignment_span_facts WHERE Kind != 'span' AND (Session = '' OR Agent = '')) AS o
  ANY LEFT JOIN alignment_ancestors AS a ON o.TraceKey = a.TraceKey AND o.SpanKey = a.SpanKey
) AS f;

-- Every signal once, whatever its faces: of several with one id the most severe. StepKey is the step that it is about, 0 where there is
-- none: the step on whose span it stands, else the earliest step of its session with its call id, else one that only signals tell of (Alone).
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_signals
REFRESH EVERY 10 MINUTE DEPENDS ON alignment_ancestors, alignment_agent_spans
ENGINE = MergeTree ORDER BY (Session, Time) AS
WITH
  repeated AS (
    SELECT SignalId FROM alignment_signal_facts WHERE SignalId != '' GROUP BY SignalId HAVING count() > 1
  ),
  facts AS (
    SELECT * FROM alignment_signal_facts WHERE SignalId = '' OR SignalId NOT IN (SELECT SignalId FROM repeated)
    UNION ALL
    SELECT * FROM (
      SELECT * FROM alignment_signal_facts WHERE SignalId IN (SELECT SignalId FROM repeated)
      ORDER BY SignalId, Severity DESC, Face, Time LIMIT 1 BY SignalId
    )
  ),
  named AS (
    SELECT
      f.* EXCEPT (Session, Agent, OwnSession, OwnAgent),
      multiIf(f.Session != '', f.Session, a.Session != '', a.Session, f.OwnSession != '', f.OwnSession,
              f.TraceId != '', f.TraceId, '(no session, no trace)') AS Session,
      f.Session != '' OR a.Session != '' OR f.OwnSession != '' AS Named,
      multiIf(f.Agent != '', toString(f.Agent), a.Agent != '', a.Agent, toString(f.OwnAgent)) AS Agent,
      f.Face != 'log_record' OR a.Known AS OnSpan,
      f.OnStep OR (f.Face = 'log_record' AND a.IsStep) AS OnItsStep
    FROM facts AS f
    ANY LEFT JOIN alignment_ancestors AS a ON f.TraceKey = a.TraceKey AND f.SpanKey = a.SpanKey
  )
SELECT
  p.* EXCEPT (OnStep, OnItsStep),
  multiIf(p.OnItsStep, cityHash64(p.TraceKey, p.SpanKey), p.Call = '', 0, c.Found != 0, c.Found, cityHash64(p.Session, p.Call)) AS StepKey,
  NOT p.OnItsStep AND p.Call != '' AS ByCall,
  ByCall AND c.Found = 0 AS Alone,
  multiIf(Class != 'intervention', '', Type = 'approval', 'approve', Type IN ('denial', 'block'), 'refuse',
          Type IN ('stop', 'takeover'), 'stop', '') AS Effect,
  if(Initiator IN ('human', 'policy', 'monitor', 'agent'), toString(Initiator), 'unknown') AS Actor
FROM named AS p
ANY LEFT JOIN (
  SELECT Session, Call, argMin(StepKey, Begin) AS Found
  FROM alignment_agent_spans
  WHERE Kind = 'step' AND Call != '' AND Call IN (SELECT Call FROM alignment_signal_facts WHERE NOT OnStep AND Call != '')
  GROUP BY Session, Call
) AS c ON p.Session = c.Session AND p.Call = c.Call;

-- Steps as they and the signals about them tell of them. Mute: neither says how the step was supervised.
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_told_steps
REFRESH EVERY 10 MINUTE DEPENDS ON alignment_agent_spans, alignment_signals
ENGINE = MergeTree ORDER BY (Session, Begin) AS
WITH
  -- what the step does not say and a signal about it does, the earliest first
  completed AS (
    SELECT
      StepKey,
      argMinIf(Tool, Time, Tool != '') AS Tool,
      argMinIf(Call, Time, Call != '') AS Call,
      argMinIf(Action, Time, Action != '') AS Action,
      argMinIf(Reversibility, Time, Reversibility != '') AS Reversibility,
      argMinIf(Involvement, Time, Involvement != '') AS Involvement,
      argMinIf(Status, Time, Status != '') AS Status,
      argMinIf(Native, Time, Native != '') AS Native,
      argMin(Risk, Time) AS Risk,
      argMin(Autonomy, Time) AS Autonomy
    FROM alignment_signals
    WHERE ByCall
    GROUP BY StepKey
  ),
  called AS (
    SELECT StepKey, TraceId, SpanId, Session, Named, Agent, Begin, Finish, Tool, Call, Action, Reversibility, Involvement, Risk, Autonomy,
           Status, Native, 1 AS OnSpan
    FROM alignment_agent_spans
    WHERE Kind = 'step'
    UNION ALL
    SELECT
      StepKey,
      argMin(TraceId, Time), argMin(SpanId, Time), any(Session), min(Named), argMin(Agent, Time),
      min(Time), min(Time), '', '', '', '', '', NULL, NULL, '', '', 0
    FROM alignment_signals
    WHERE Alone
    GROUP BY StepKey
  )
SELECT
  s.StepKey AS StepKey, s.TraceId AS TraceId, s.SpanId AS SpanId, s.Session AS Session, s.Named AS Named, s.Agent AS Agent,
  s.Begin AS Begin, s.Finish AS Finish, s.OnSpan AS OnSpan,
  if(s.Tool = '', c.Tool, s.Tool) AS Tool,
  if(s.Call = '', c.Call, s.Call) AS Call,
  if(s.Action = '', c.Action, s.Action) AS Action,
  if(s.Reversibility = '', c.Reversibility, s.Reversibility) AS Reversibility,
  if(s.Involvement = '', c.Involvement, s.Involvement) AS Involvement,
  if(s.Status = '', c.Status, s.Status) AS Status,
  if(s.Native = '', c.Native, s.Native) AS Native,
  coalesce(s.Risk, c.Risk) AS Risk,
  coalesce(s.Autonomy, c.Autonomy) AS Autonomy,
  Autonomy IS NULL AND Involvement = '' AS Mute
FROM called AS s
ANY LEFT JOIN completed AS c ON s.StepKey = c.StepKey;

-- Every step with the highest severity of its signals and the last decision on it. What a step does not say of its supervision was said
-- before it in its session, by a step, another span or a signal, and holds until the next statement.
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_steps
REFRESH EVERY 10 MINUTE DEPENDS ON alignment_agent_spans, alignment_signals, alignment_told_steps
ENGINE = MergeTree ORDER BY (Session, Begin) AS
WITH
  noted AS (
    SELECT
      StepKey,
      max(Severity) AS Severity,
      argMaxIf((Type, Actor, Decider), Time, Class = 'intervention' AND (Effect != '' OR Type = 'correction')) AS Decision
    FROM alignment_signals
    WHERE StepKey != 0
    GROUP BY StepKey
  ),
  -- at one time a step hears no span and no signal, as it began before them
  statements AS (
    SELECT Session, Heard, argMax((Autonomy, Involvement), Rank) AS Said
    FROM (
      SELECT Session, Begin * 4 AS Heard, 0 AS Rank, Autonomy, toString(Involvement) AS Involvement FROM alignment_told_steps WHERE NOT Mute
      UNION ALL
      SELECT Session, Begin * 4 + 1, 1, Autonomy, toString(Involvement) FROM alignment_agent_spans WHERE Kind = 'state'
      UNION ALL
      -- other signals on a span repeat what it said when it began
      SELECT Session, Time * 4 + 2, 2, Autonomy, toString(Involvement) FROM alignment_signals
      WHERE Class = 'autonomy_boundary' OR NOT OnSpan
    )
    WHERE (Autonomy IS NOT NULL OR Involvement != '') AND Session IN (SELECT Session FROM alignment_told_steps WHERE Mute)
    GROUP BY Session, Heard
  ),
  carried AS (
    SELECT t.StepKey AS StepKey, s.Said AS Said
    FROM (SELECT StepKey, Session, Begin * 4 AS Heard FROM alignment_told_steps WHERE Mute) AS t
    ASOF JOIN statements AS s ON t.Session = s.Session AND t.Heard > s.Heard
  )
SELECT
  t.StepKey AS StepKey, TraceId, SpanId, OnSpan, Session, Named, Agent, Begin, Finish, Tool, Call, Action, Reversibility, Involvement, Risk,
  Autonomy, Status, Native,
  if(n.StepKey = 0, NULL, n.Severity) AS Severity,
  n.Decision.1 AS DecisionType, if(DecisionType = '', '', n.Decision.2) AS DecisionActor, n.Decision.3 AS DecisionSource,
  -- high risk at high autonomy
  ifNull(Risk >= 0.7 AND Autonomy >= 0.5, 0) AS UpperRight,
  Risk IS NOT NULL AND Autonomy IS NOT NULL AS Placed
FROM (
  SELECT * EXCEPT (Mute) FROM alignment_told_steps WHERE NOT Mute
  UNION ALL
  SELECT m.* EXCEPT (Mute) REPLACE (toLowCardinality(c.Said.2) AS Involvement, c.Said.1 AS Autonomy)
  FROM (SELECT * FROM alignment_told_steps WHERE Mute) AS m
  ANY LEFT JOIN carried AS c ON m.StepKey = c.StepKey
) AS t
ANY LEFT JOIN noted AS n ON t.StepKey = n.StepKey;

-- One row a session. Peak is where it stands: its riskiest step, among those in the upper right where it has any. Decisions are counted by who
-- made them: a person, a policy, a monitor, the agent, nobody known.
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_sessions
REFRESH EVERY 10 MINUTE DEPENDS ON alignment_agent_spans, alignment_signals, alignment_steps
ENGINE = MergeTree ORDER BY Session AS
WITH
  by_steps AS (
    SELECT
      Session, min(t.Named) AS Named, argMinIf(t.Agent, Begin, t.Agent != '') AS Agent, minIf(Begin, t.Agent != '') AS AgentAt,
      minIf(Begin, Begin > 0) AS FirstAt, max(greatest(Begin, t.Finish)) AS Finish,
      count() AS Steps, countIf(t.UpperRight) AS UpperRight,
      maxIf((t.UpperRight, Risk, Autonomy), t.Placed) AS Peak, countIf(t.Placed) AS Placed, max(Risk) AS MaxRisk
    FROM alignment_steps AS t
    GROUP BY Session
  ),
  by_states AS (
    SELECT
      Session, min(t.Named) AS Named, argMinIf(t.Agent, Begin, t.Agent != '') AS Agent, minIf(Begin, t.Agent != '') AS AgentAt,
      minIf(Begin, Begin > 0) AS FirstAt, max(Begin) AS Finish
    FROM alignment_agent_spans AS t
    WHERE Kind = 'state'
    GROUP BY Session
  ),
  by_signals AS (
    SELECT
      Session, min(t.Named) AS Named, argMinIf(t.Agent, Time, t.Agent != '') AS Agent, minIf(Time, t.Agent != '') AS AgentAt,
      minIf(Time, Time > 0) AS FirstAt, max(Time) AS Finish,
      count() AS Signals, max(t.Severity) AS Severity,
      countIf(Class = 'risk_escalation') AS Escalations,
      countIf(Class = 'autonomy_boundary') AS Boundaries,
      countIf(Class = 'intervention') AS Interventions,
      countIf(Class = 'clarification_request') AS Clarifications,
      countIf(Class = 'misalignment_indicator') AS Indicators,
      [countIf(Effect = 'approve' AND Actor = 'human'), countIf(Effect = 'approve' AND Actor = 'policy'), countIf(Effect = 'approve' AND Actor = 'monitor'), countIf(Effect = 'approve' AND Actor = 'agent'), countIf(Effect = 'approve' AND Actor = 'unknown')] AS Approvals,
      [countIf(Effect = 'refuse' AND Actor = 'human'), countIf(Effect = 'refuse' AND Actor = 'policy'), countIf(Effect = 'refuse' AND Actor = 'monitor'), countIf(Effect = 'refuse' AND Actor = 'agent'), countIf(Effect = 'refuse' AND Actor = 'unknown')] AS Refusals,
      [countIf(Effect = 'stop' AND Actor = 'human'), countIf(Effect = 'stop' AND Actor = 'policy'), countIf(Effect = 'stop' AND Actor = 'monitor'), countIf(Effect = 'stop' AND Actor = 'agent'), countIf(Effect = 'stop' AND Actor = 'unknown')] AS Ends
    FROM alignment_signals AS t
    GROUP BY Session
  ),
  nobody AS (SELECT CAST([0, 0, 0, 0, 0], 'Array(UInt64)'))
SELECT
  i.Session AS Session,
  min(i.Named) AS Named,
  argMinIf(i.Agent, (AgentAt, Rank), i.Agent != '') AS Agent,
  max(i.Finish) AS Finish,
  if(countIf(FirstAt > 0) = 0, Finish, minIf(FirstAt, FirstAt > 0)) AS Begin,
  sum(i.Steps) AS Steps,
  sum(i.UpperRight) AS UpperRight,
  maxIf(i.Peak, Rank = 0) AS Peak,
  sum(i.Placed) > 0 AS Placed,
  max(i.MaxRisk) AS MaxRisk,
  max(i.Severity) AS Severity,
  sum(i.Signals) AS Signals,
  sum(i.Escalations) AS Escalations,
  sum(i.Boundaries) AS Boundaries,
  sum(i.Interventions) AS Interventions,
  sum(i.Clarifications) AS Clarifications,
  sum(i.Indicators) AS Indicators,
  sumForEach(i.Approvals) AS Approvals,
  sumForEach(i.Refusals) AS Refusals,
  sumForEach(i.Ends) AS Ends,
  if(UpperRight > 0, 2, 0) + greatest(ifNull(Severity, 0), ifNull(MaxRisk, 0)) AS Weight
FROM (
  SELECT
    Session, Named, toString(Agent) AS Agent, AgentAt, FirstAt, Finish, 0 AS Rank, Steps, UpperRight, Peak, Placed, MaxRisk,
    CAST(NULL, 'Nullable(Float64)') AS Severity, 0 AS Signals, 0 AS Escalations, 0 AS Boundaries, 0 AS Interventions, 0 AS Clarifications,
    0 AS Indicators, (SELECT * FROM nobody) AS Approvals, (SELECT * FROM nobody) AS Refusals, (SELECT * FROM nobody) AS Ends
  FROM by_steps
  UNION ALL
  SELECT
    Session, Named, toString(Agent), AgentAt, FirstAt, Finish, 1, 0, 0, (0, NULL, NULL), 0, NULL, NULL, 0, 0, 0, 0, 0, 0,
    (SELECT * FROM nobody), (SELECT * FROM nobody), (SELECT * FROM nobody)
  FROM by_states
  UNION ALL
  SELECT
    Session, Named, Agent, AgentAt, FirstAt, Finish, 2, 0, 0, (0, NULL, NULL), 0, NULL, Severity, Signals, Escalations, Boundaries,
    Interventions, Clarifications, Indicators, Approvals, Refusals, Ends
  FROM by_signals
) AS i
GROUP BY i.Session;

-- Decisions by hour, and the share of approvals that no person gave.
CREATE OR REPLACE VIEW alignment_approval_rates AS
SELECT
  toStartOfHour(fromUnixTimestamp64Nano(Time)) AS Hour,
  countIf(Effect = 'approve') AS Approvals,
  countIf(Effect = 'approve' AND Actor NOT IN ('human', 'unknown')) AS AutoApprovals,
  countIf(Effect = 'refuse') AS Refusals,
  countIf(Effect = 'stop') AS Stops,
  if(Approvals = 0, NULL, AutoApprovals / Approvals) AS AutoApprovalRate
FROM alignment_signals
WHERE Class = 'intervention'
GROUP BY Hour
ORDER BY Hour;

-- Signals by agent and class, and how many of their scores were mapped by a profile, declared, or are the provider's own numbers.
CREATE OR REPLACE VIEW alignment_agents AS
SELECT
  if(Agent = '', 'unknown agent', Agent) AS Agent,
  Class,
  count() AS Signals,
  max(Severity) AS MaxSeverity,
  uniqExact(Session) AS Sessions,
  countIf(Status = 'profiled') AS Profiled,
  countIf(Status = 'declared') AS Declared,
  countIf(Status = 'none') AS NativeOnly
FROM alignment_signals
GROUP BY Agent, Class
ORDER BY Signals DESC;
