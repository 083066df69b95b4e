// `npm run assignment -- …`: what a student does with the assignment besides opening it.
import { command } from "./command";
import { facts } from "./facts";
import { submit } from "./submit";

void command(async ([name, id = facts.id, ...rest]) => {
  if (name === "submit" && rest.length === 0) return submit(id);
  throw Object.assign(new Error(`npm run assignment -- submit ${facts.id}`), { name: "BadInput" });
});
