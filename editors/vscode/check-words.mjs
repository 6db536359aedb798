/** Checks that everything that the extension says is there in every language, and that nothing is there in vain. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const read = (...path) => readFileSync(join(here, ...path), 'utf8');
const json = (...path) => Object.keys(JSON.parse(read(...path)));
const sources = readdirSync(join(here, 'src')).map((file) => read('src', file)).join('\n');

const said = [...sources.matchAll(/l10n\.t\(\s*'([^']*)'/g)].map(([, words]) => words);
const named = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, name]) => name);
let wrong = 0;
same('l10n/bundle.l10n.nl.json', json('l10n', 'bundle.l10n.nl.json'), said);
same('package.nls.json', json('package.nls.json'), named);
same('package.nls.nl.json', json('package.nls.nl.json'), named);
process.exit(wrong === 0 ? 0 : 1);

function same(file, has, needs) {
  for (const word of new Set([...has, ...needs])) {
    const complaint = !has.includes(word) ? 'lacks' : !needs.includes(word) ? 'has in vain' : undefined;
    if (complaint !== undefined) {
      console.error(`${file} ${complaint} “${word}”`);
      wrong += 1;
    }
  }
}
