// Generated from semconv/model. Do not edit; run `npm run semconv:generate`.

export * from './attributes.ts';
export * from './events.ts';
export * from './metrics.ts';
export * from './registry.ts';
