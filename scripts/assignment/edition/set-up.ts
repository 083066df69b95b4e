// `npm run set-up`: what is missing, and no more.
import { command } from "./command";
import { setUp } from "./set-up-steps";
import { words } from "./words";

void command(async () => {
  await setUp();
  console.log(words.ready);
  return 0;
});
