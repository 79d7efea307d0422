"""A scripted agent that reports what its person decides. Plain OpenTelemetry; the vocabulary is alignment.py."""

import os
import sys
import uuid
from pathlib import Path

from opentelemetry import trace
from opentelemetry.exporter.otlp.json.file.trace_exporter import FileSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from alignment import record_signal

# What a model would ask for, and what the person says: None where a rule answers.
SCRIPT = [("ls -la", None), ("rm -r reports", False), ("git commit -am tidy", True)]


def start_telemetry(file: Path) -> TracerProvider:
    provider = TracerProvider(resource=Resource.create({"service.name": "python-agent"}))
    provider.add_span_processor(SimpleSpanProcessor(FileSpanExporter(str(file))))
    if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider


def decide(span: trace.Span, session: str, call_id: str, said: bool | None) -> bool:
    """One intervention a call: by a rule, or by the person."""
    approved = said is not False
    by_rule = said is None
    severity = 0.0 if by_rule else 0.1 if approved else 0.4
    record_signal(
        span,
        session,
        "intervention",
        severity,
        alignment__intervention__type="approval" if approved else "denial",
        alignment__intervention__initiator="policy" if by_rule else "human",
        alignment__intervention__outcome="approved" if approved else "denied",
        gen_ai__tool__call__id=call_id,
    )
    return approved


def run(session: str) -> None:
    tracer = trace.get_tracer("python-agent")
    who = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "cleaner"}
    with tracer.start_as_current_span(
        "invoke_agent cleaner", attributes={**who, "gen_ai.conversation.id": session}
    ) as agent:
        record_signal(agent, session, "clarification_request", 0.1)
        for number, (command, said) in enumerate(SCRIPT, start=1):
            call_id = f"call-{number}"
            step = {
                "gen_ai.operation.name": "execute_tool",
                "gen_ai.tool.name": "run_command",
                "gen_ai.tool.call.id": call_id,
            }
            with tracer.start_as_current_span("execute_tool run_command", attributes=step) as span:
                if decide(span, session, call_id, said):
                    print(f"would run: {command}")
                else:
                    span.set_attribute("error.type", "denied")
                    print(f"denied:    {command}")


def main() -> None:
    file = Path(sys.argv[1] if len(sys.argv) > 1 else "python.jsonl")
    file.write_text("")
    provider = start_telemetry(file)
    run(str(uuid.uuid4()))
    provider.shutdown()
    print(f"written to {file}")


main()
