"""Alignment signals as span events, by the registry alone: OpenTelemetry and nothing else."""

import hashlib
import time

from opentelemetry.trace import Span

TYPE_KEYS = ("alignment.intervention.type", "alignment.boundary.type", "alignment.indicator.type")


def record_signal(span: Span, session: str, signal_class: str, severity: float, **more: str) -> None:
    """Adds one signal to a span that is still open, and counts it in the mirror on the span.

    severity: range [0.0, 1.0]. more: keys of the registry, with `__` for each dot.
    """
    now = time.time_ns()
    attributes = {key.replace("__", "."): value for key, value in more.items()}
    attributes["alignment.signal.class"] = signal_class
    attributes["alignment.signal.severity"] = severity
    attributes["alignment.signal.id"] = signal_id(session, signal_class, attributes, now)
    attributes["alignment.source.type"] = "instrumentation"
    attributes["gen_ai.conversation.id"] = session
    span.add_event(f"alignment.{signal_class}", attributes, timestamp=now)

    before = getattr(span, "attributes", None) or {}
    classes = {*before.get("alignment.signal.classes", ()), signal_class}
    span.set_attribute("alignment.signal.count", before.get("alignment.signal.count", 0) + 1)
    span.set_attribute("alignment.signal.classes", sorted(classes))
    span.set_attribute(
        "alignment.signal.max_severity",
        max(severity, before.get("alignment.signal.max_severity", 0.0)),
    )


def signal_id(session: str, signal_class: str, attributes: dict, nanoseconds: int) -> str:
    """The same from every observer of one fact: 128 bits of SHA-256 over nine fields."""
    call = attributes.get("gen_ai.tool.call.id", "")
    kind = next((attributes[key] for key in TYPE_KEYS if key in attributes), "")
    judged = signal_class in ("risk_escalation", "misalignment_indicator")
    fields = (
        "1",
        session,
        call,
        signal_class,
        kind,
        attributes.get("alignment.intervention.outcome", ""),
        attributes.get("alignment.source.name", "") if judged else "",
        attributes.get("alignment.signal.reason", "") if judged else "",
        "" if call else str(nanoseconds),
    )
    return hashlib.sha256("|".join(fields).encode()).hexdigest()[:32]
