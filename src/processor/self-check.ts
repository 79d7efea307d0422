import { type Context, context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { warnSetup } from '../signals/shared.ts';

/**
 * Set-up mistakes that show only once spans run; looked for at the first span.
 *
 * @param wrapping the hooks are called around the SDK: its list of processors says nothing of ours
 */
export function checkSetup(span: object, wrapping: boolean): void {
  if (!wrapping) checkExporter(span);
  checkApiCopies();
}

interface Inside {
  readonly _spanProcessor?: { readonly _spanProcessors?: readonly unknown[] };
}

/** The SDK builds no exporter of its own as soon as it is given processors. */
function checkExporter(span: Inside): void {
  if (span._spanProcessor?._spanProcessors?.length !== 1) return;
  warnSetup(
    'ALIGNMENT_001',
    'AlignmentSpanProcessor is the only span processor: nothing exports the spans. ' +
      'Put a BatchSpanProcessor with your exporter beside it, or wrap the configuration in withAlignment().',
  );
}

/** A copy of the API that the registered one does not serve reads an empty context: emitters would find no span. */
function checkApiCopies(): void {
  const globals = globalThis as { [key: symbol]: { context?: unknown } | undefined };
  if (globals[Symbol.for('opentelemetry.js.api.1')]?.context === undefined) return;
  const key = createContextKey('otel-alignment.check');
  const probe: Context = ROOT_CONTEXT.setValue(key, true);
  if (context.with(probe, () => context.active().getValue(key)) === true) return;
  warnSetup(
    'ALIGNMENT_003',
    'The copy of @opentelemetry/api that otel-alignment loads is not the one that the SDK registered: emitters find ' +
      'no active span. Run `npm ls @opentelemetry/api` and make it one version.',
  );
}
