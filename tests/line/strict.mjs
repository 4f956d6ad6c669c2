// Reads playlists with the strict mode of hls-parser, which shares nothing with our code.
// usage: node tests/line/strict.mjs FOLDER   (every *.m3u8 below it; exit 1 when one is refused)
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as HLS from 'hls-parser';

HLS.setOptions({strictMode: true, silent: true});
const folder = process.argv[2];
const names = readdirSync(folder).filter((name) => name.endsWith('.m3u8')).sort();
let refused = 0;
for (const name of names) {
  try {
    HLS.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    refused += 1;
    console.log(`${name}: ${error.message}`);
  }
}
console.log(`${names.length} playlists read, ${refused} refused`);
process.exit(refused || names.length === 0 ? 1 : 0);
