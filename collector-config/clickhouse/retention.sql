-- How long each table keeps its rows. Whole parts are dropped once all their rows are older, so nothing is rewritten. Change the numbers to
-- your own rules; run the file again after a change. Needs rollups.sql (with facts.sql alone: the first two statements).

-- what the exporter wrote: wide, and with whatever content your instrumentation records
ALTER TABLE otel_traces MODIFY TTL toDateTime(Timestamp) + INTERVAL 30 DAY;
ALTER TABLE otel_logs MODIFY TTL toDateTime(Timestamp) + INTERVAL 30 DAY;

-- the facts: ids, names of tools, scores; no content
ALTER TABLE alignment_span_facts MODIFY TTL toDateTime(intDiv(Begin, 1000000000)) + INTERVAL 90 DAY;
ALTER TABLE alignment_signal_facts MODIFY TTL toDateTime(intDiv(Time, 1000000000)) + INTERVAL 400 DAY;

-- counts by hour: no ids of sessions or traces can be read from them
ALTER TABLE alignment_hours MODIFY TTL Hour + INTERVAL 5 YEAR;
