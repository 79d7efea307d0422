import { recordAutonomyBoundary } from '../../signals/index.ts';
import { quietly } from '../quietly.ts';
import { type Session, TAP, textOf, where } from './session.ts';

export const BYPASS = 'bypassPermissions';
export const modeOf = (mode: unknown): string => textOf(mode) ?? 'default';

export interface Controls {
  setPermissionMode?: (mode: never) => Promise<unknown>;
}

/** Remembers the mode that the application sets, and reports it where `report` says so. */
export function watchModes(messages: Controls, session: Session, report: boolean): void {
  const { setPermissionMode } = messages;
  if (setPermissionMode === undefined) return;
  messages.setPermissionMode = async mode => {
    const done = await setPermissionMode.call(messages, mode);
    quietly(TAP, () => {
      const from = session.mode;
      session.mode = modeOf(mode);
      if (!report || from === session.mode) return;
      if (session.mode === BYPASS) bypass(session, from);
      else recordAutonomyBoundary({ type: 'mode_change', from, to: session.mode, ...where(session) });
    });
    return done;
  };
}

export const bypass = (session: Session, from: string | undefined): void =>
  recordAutonomyBoundary({
    type: 'bypass',
    ...(from === undefined ? {} : { from }),
    to: BYPASS,
    ...where(session),
  });
