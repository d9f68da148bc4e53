import { ObjectType } from "type-graphql";
import type { ActorKind } from "../../domain/facts/actors";
import { actorLabels } from "../../domain/permissions/actors";
import type { Language } from "./context";
import { ActorKindEnum } from "./enums";
import { Output } from "./fields";

@ObjectType("Actor", { description: "The role under which a person acted; the person is not shown." })
export class ActorType {
  @Output(() => ActorKindEnum, { description: "The role that it is." }) kind: ActorKindEnum;
  @Output(() => String, { description: "The name of the role, in the language of Accept-Language." }) label: string;
}

/** The role of a step as the API shows it. */
export function actorOf(
  { actorKind: kind }: { actorKind: ActorKind },
  { language }: { language: Language },
): ActorType {
  return { kind, label: actorLabel(kind, language) };
}

/** A role's name for people: who it was stays out of it. */
export function actorLabel(kind: ActorKind, language: Language): string {
  return actorLabels[kind][language];
}
