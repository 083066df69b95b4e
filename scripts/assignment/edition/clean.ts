// `npm run clean`: removes what set-up can make again.
import { clean } from "../../bootstrap/clean.mjs";
import { command } from "./command";
import { root } from "./paths";

void command((args) => clean(root, [...args]));
