/** The version of this package; a test holds it equal to package.json. */
export const VERSION: string = '0.1.0';
/** `alignment.source.name` of signals that this package finds itself. */
export const SOURCE_NAME = 'otel-alignment';
