import { type ActorKind, actorLabels } from "../domain/actors";
import type { Language } from "./context";

/** As what somebody acted; never who it was. */
export function actorOf({ actorKind: kind }: { actorKind: ActorKind }, { language }: { language: Language }): object {
  return { kind, label: actorLabel(kind, language) };
}

/** A role's name for people: who it was stays out of it. */
export function actorLabel(kind: ActorKind, language: Language): string {
  return actorLabels[kind][language];
}
