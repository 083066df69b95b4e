import { BadInput } from "../../run/bad-input";
import { root } from "../../setup/paths";
import { type Confinement, confinements } from "../sandbox/confinement";
import { containerProblem } from "../sandbox/container-problem";
import { sandboxProblem } from "../sandbox/problem";

/** How students' code is to be kept from this machine, as the command line says it. */
export interface ConfineOptions {
  readonly confine?: string;
  readonly iTrustEverySubmission?: boolean;
}

/**
 * The confinement that was chosen, if it holds here; bubblewrap unless told otherwise.
 * @param hidden what students' code must not read, besides this project
 * @throws BadInput where nothing is to be started
 */
export function confinementFor(
  { confine = "bubblewrap", iTrustEverySubmission = false }: ConfineOptions,
  hidden: readonly string[],
): Confinement {
  const confinement = confinements.find((name) => name === confine);
  if (!confinement) throw new BadInput(`--confine ${confine}: it must be ${confinements.join(", ")}.`);
  if (confinement === "none") {
    if (iTrustEverySubmission) return confinement;
    throw new BadInput(
      "--confine none runs every submission's code with your own rights: add --i-trust-every-submission if that is what you want.",
    );
  }
  const problem = confinement === "bubblewrap" ? sandboxProblem() : containerProblem([root, ...hidden]);
  if (problem === undefined) return confinement;
  throw new BadInput(
    `Nothing was graded: ${problem}.\nSubmissions are code, and run in a sandbox alone. In a container grade with --confine container; if every submission is as trustworthy as your own code, with --confine none --i-trust-every-submission.`,
  );
}
