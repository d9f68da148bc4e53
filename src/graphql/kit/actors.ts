import { Field, ObjectType } from "type-graphql";
import { type ActorKind, actorLabels } from "../../domain/permissions/actors";
import type { Language } from "./context";
import { ActorKindEnum } from "./enums";

@ObjectType("Actor", { description: "The role under which a person acted; the person is not shown." })
export class ActorType {
  @Field(() => ActorKindEnum, { description: "Which role it is." }) kind: string;
  @Field(() => String, { description: "The role's name, by Accept-Language." }) label: string;
}

/** The role of a step as the API shows it. */
export function actorOf({ actorKind: kind }: { actorKind: ActorKind }, { language }: { language: Language }): object {
  return { kind, label: actorLabel(kind, language) };
}

/** A role's name for people: who it was stays out of it. */
export function actorLabel(kind: ActorKind, language: Language): string {
  return actorLabels[kind][language];
}
