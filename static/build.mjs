// Builds static/dist/: what a browser gets from us, with a hash in each name,
// compressed once here instead of on each request, the pictures that authors
// choose from, and the words that are easy to read. Does nothing when nothing
// has changed.
//
//   node static/build.mjs [--again]

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "..", "node_modules");
const dist = path.join(here, "dist");
const again = process.argv.includes("--again");

const FONTS = ["latin-400", "latin-700", "latin-ext-400", "latin-ext-700"].map((cut) =>
  path.join(
    modules,
    "@fontsource/atkinson-hyperlegible-next/files",
    `atkinson-hyperlegible-next-${cut}-normal.woff2`,
  ),
);
// For documents to print, which need whole fonts. Vazirmatn draws each Arabic letter in one piece:
// where dots are drawn apart, a PDF repeats their letters to whoever listens to it or copies from it.
const PRINTED = [
  ["atkinson-hyperlegible-next", "AtkinsonHyperlegibleNext"],
  ["vazirmatn", "Vazirmatn"],
].map(([folder, name]) => ({
  licence: path.join(modules, "@expo-google-fonts", folder, "LICENSE_FONT"),
  cuts: ["400Regular", "700Bold"].map((cut) =>
    path.join(modules, "@expo-google-fonts", folder, cut, `${name}_${cut}.ttf`),
  ),
}));
const COMPRESSED = new Set([".css", ".js", ".svg"]);
const HASH_LETTERS = 8;

const hash = (content) => createHash("sha256").update(content).digest("hex");

const fail = (message) => {
  console.error(`static/build.mjs: ${message}`);
  process.exit(1);
};

/** Files of one of our own folders and those in it, in one order everywhere; none where there is no folder. */
const own = (folder, ending = "") => {
  const top = path.join(here, folder);
  if (!fs.existsSync(top)) return [];
  return fs
    .readdirSync(top, { recursive: true })
    .map((name) => path.join(top, name))
    .filter((file) => file.endsWith(ending) && !path.basename(file).startsWith(".") && fs.statSync(file).isFile())
    .sort();
};

/** What a part of the build depends on, as one hash. */
const stampOf = (files) =>
  hash(
    [fileURLToPath(import.meta.url), path.join(here, "..", "package-lock.json"), ...files]
      .map((file) => `${path.relative(here, file)} ${hash(fs.readFileSync(file))}`)
      .join("\n"),
  );

/** Runs a part when its inputs differ from those of the last run. */
const part = async (name, files, build) => {
  const kept = path.join(dist, `.${name}`);
  const stamp = stampOf(files);
  if (!again && fs.existsSync(kept) && fs.readFileSync(kept, "utf8") === stamp) return;
  fs.rmSync(kept, { force: true }); // a run that fails half-way is run again
  console.log(await build());
  fs.writeFileSync(kept, stamp);
};

const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
const gzip = (content) => gzipSync(content, { level: 9 });

// Styles, scripts, fonts and our own images -------------------------------

const buildFiles = async () => {
  const sass = await import("sass");
  const manifest = {};
  const written = new Set(["manifest.json"]);

  const write = (plain, content) => {
    if (plain in manifest) fail(`two files are called ${plain}; rename one of them`);
    const { name, ext } = path.parse(plain);
    const hashed = `${name}.${hash(content).slice(0, HASH_LETTERS)}${ext}`;
    const keep = (file, bytes) => {
      fs.writeFileSync(path.join(dist, file), bytes);
      written.add(file);
    };
    keep(hashed, content);
    if (COMPRESSED.has(ext)) {
      keep(`${hashed}.gz`, gzip(content));
      keep(`${hashed}.br`, brotli(content));
    }
    manifest[plain] = hashed;
  };

  // A style names a file as it is called here, in any folder: url("fonts/a.woff2") or url(a.woff2).
  const withHashedUrls = (css, from) =>
    css.replace(/url\((["']?)(?!data:|#)([^"')]+)\1\)/g, (_, quote, target) => {
      const plain = path.posix.basename(target);
      if (!(plain in manifest)) fail(`${from} wants ${target}, which is not in fonts or static/img`);
      return `url(${quote}${manifest[plain]}${quote})`;
    });

  // A script may import another of ours, `import "./name.js"`, so that one is written first.
  const scripts = new Map(own("js", ".js").map((file) => [path.basename(file), fs.readFileSync(file, "utf8")]));
  const IMPORT = /((?:from|import)\s*\(?\s*["'])\.\/([\w.-]+\.js)(["'])/g;
  const writeScript = (plain, waiting = []) => {
    if (plain in manifest) return;
    if (!scripts.has(plain)) fail(`${waiting.at(-1)} imports ./${plain}, which is not in static/js`);
    if (waiting.includes(plain)) fail(`scripts import each other in a ring: ${[...waiting, plain].join(" > ")}`);
    const source = scripts.get(plain);
    for (const [, , needed] of source.matchAll(IMPORT)) writeScript(needed, [...waiting, plain]);
    write(plain, source.replace(IMPORT, (_, before, needed, after) => `${before}./${manifest[needed]}${after}`));
  };

  for (const file of [...FONTS, ...own("img")]) write(path.basename(file), fs.readFileSync(file));
  for (const file of own("css", ".scss")) {
    if (path.basename(file).startsWith("_")) continue; // a part of another style
    const { css } = sass.compile(file, { style: "compressed", loadPaths: [modules], quietDeps: true });
    write(`${path.parse(file).name}.css`, withHashedUrls(css, path.relative(here, file)));
  }
  for (const plain of scripts.keys()) writeScript(plain);

  fs.writeFileSync(path.join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  // Last, so that a build that fails leaves the former files where pages look for them.
  for (const file of fs.readdirSync(dist, { withFileTypes: true })) {
    const ours = written.has(file.name) || file.name.startsWith(".");
    if (file.isFile() && !ours) fs.rmSync(path.join(dist, file.name));
  }
  return `${Object.keys(manifest).length} files`;
};

// Pictures ---------------------------------------------------------------

// 2: hundredths of a unit, of the 72 that a picture is wide. Titles and descriptions go, for the
// words of a picture belong to the survey that shows it.
const LEAN = {
  floatPrecision: 2,
  plugins: [
    { name: "preset-default", params: { overrides: { removeDesc: { removeAny: true } } } },
    "removeTitle",
  ],
};

const slug = (words) =>
  words
    .normalize("NFKD")
    .replace(/\p{M}|['’]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const uniqueWords = (...words) => [
  ...new Set(words.map((word) => word.replaceAll("_", " ").trim().toLowerCase()).filter(Boolean)),
];

/** Every picture as {name, words, credit, svg}; `name` may still clash. */
function* pictures() {
  const openmoji = path.join(modules, "openmoji");
  for (const one of JSON.parse(fs.readFileSync(path.join(openmoji, "data/openmoji.json"), "utf8"))) {
    if (one.skintone) continue;
    yield {
      folder: "openmoji",
      name: slug(one.annotation),
      else: one.hexcode.toLowerCase(),
      words: uniqueWords(one.annotation, ...one.tags.split(","), ...one.openmoji_tags.split(",")),
      credit: "OpenMoji, CC BY-SA 4.0",
      svg: fs.readFileSync(path.join(openmoji, "color/svg", `${one.hexcode}.svg`), "utf8"),
    };
  }
  const healthicons = path.join(modules, "healthicons/public/icons");
  for (const one of JSON.parse(fs.readFileSync(path.join(healthicons, "meta-data.json"), "utf8"))) {
    const file = path.join(healthicons, "svg/filled", `${one.path}.svg`);
    if (!fs.existsSync(file)) continue;
    yield {
      folder: "healthicons",
      name: slug(one.id) || slug(one.title),
      else: slug(one.category),
      words: uniqueWords(one.title, ...one.tags.filter((tag) => !tag.startsWith("dhis2:")), one.category),
      credit: "Health Icons, MIT",
      // In an <img> there is no text colour to follow.
      svg: fs.readFileSync(file, "utf8").replaceAll("currentColor", "#000"),
    };
  }
  for (const file of own("pictures", ".svg")) {
    const svg = fs.readFileSync(file, "utf8");
    const name = path.parse(file).name;
    const title = svg.match(/<title[^>]*>([^<]*)</)?.[1] ?? "";
    const more = svg.match(/<desc[^>]*>([^<]*)</)?.[1] ?? "";
    yield {
      folder: "own",
      name: slug(name),
      words: uniqueWords(title, name.replaceAll("-", " "), ...more.split(",")),
      credit: "",
      svg,
    };
  }
}

const buildPictures = async () => {
  const { optimize } = await import("svgo");
  const lean = (svg) => optimize(svg, LEAN).data; // the same drawing in half the letters
  const folder = path.join(dist, "pictures");
  fs.rmSync(folder, { recursive: true, force: true });
  for (const name of ["openmoji", "healthicons", "own"]) fs.mkdirSync(path.join(folder, name), { recursive: true });

  const index = {};
  for (const picture of pictures()) {
    let key = `${picture.folder}/${picture.name}`;
    if (key in index) key += `-${picture.else}`;
    if (key in index || !picture.name) fail(`two pictures are called ${key}`);
    const svg = Buffer.from(lean(picture.svg));
    fs.writeFileSync(path.join(folder, `${key}.svg`), svg);
    fs.writeFileSync(path.join(folder, `${key}.svg.gz`), gzip(svg));
    index[key] = { words: picture.words, credit: picture.credit };
  }
  fs.writeFileSync(path.join(folder, "index.json"), `${JSON.stringify(index)}\n`);
  fs.writeFileSync(path.join(folder, "CREDITS.txt"), credits());
  return `${Object.keys(index).length} pictures`;
};

const credits = () => {
  const licence = (...parts) => fs.readFileSync(path.join(modules, ...parts), "utf8").trim();
  const mit = licence("healthicons/LICENSE");
  const rule = `\n\n${"=".repeat(72)}\n\n`;
  return [
    "Pictures in this folder\n\n" +
      "openmoji/     OpenMoji, the open-source emoji and icon project, CC BY-SA 4.0.\n" +
      "              Changed by us: written in fewer letters.\n" +
      "healthicons/  Health Icons, MIT. Changed by us: drawn in black.\n" +
      "own/          Drawn for this program, under its own licence.\n\n" +
      "Letters on the pages: Atkinson Hyperlegible Next, SIL Open Font License 1.1.\n" +
      "Styles of the pages: GOV.UK Frontend, MIT.",
    `OpenMoji\n\n${licence("openmoji/LICENSE.txt")}`,
    `Health Icons\n\n${mit}`,
    `Atkinson Hyperlegible Next\n\n${licence("@fontsource/atkinson-hyperlegible-next/LICENSE")}`,
    // Its package names the licence and does not carry the text.
    `GOV.UK Frontend\n\n${mit.replace(/Copyright .*/, "Copyright (c) 2017 Crown Copyright (Government Digital Service)")}`,
  ].join(rule).concat("\n");
};

// Fonts of printed documents ----------------------------------------------

const buildFonts = () => {
  const folder = path.join(dist, "fonts");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  for (const font of PRINTED) for (const cut of font.cuts) fs.copyFileSync(cut, path.join(folder, path.basename(cut)));
  const rule = `\n\n${"=".repeat(72)}\n\n`;
  const said = PRINTED.map((font) => fs.readFileSync(font.licence, "utf8").trim());
  fs.writeFileSync(
    path.join(folder, "CREDITS.txt"),
    [
      "Letters of printed documents\n\n" +
        "AtkinsonHyperlegibleNext  Atkinson Hyperlegible Next, SIL Open Font License 1.1.\n" +
        "Vazirmatn                 Vazirmatn, SIL Open Font License 1.1.",
      ...said,
    ]
      .join(rule)
      .concat("\n"),
  );
  return `${PRINTED.flatMap((font) => font.cuts).length} fonts to print with`;
};

// Words -------------------------------------------------------------------

// Two lists of words that children know, as one: the question checker looks there.
const buildWords = async () => {
  const { spache } = await import("spache");
  const { daleChall } = await import("dale-chall");
  const words = [...new Set([...spache, ...daleChall].map((word) => word.toLowerCase()))].sort();
  const folder = path.join(dist, "words");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "easy.json"), `${JSON.stringify(words)}\n`);
  fs.writeFileSync(
    path.join(folder, "CREDITS.txt"),
    "easy.json  Familiar words of the revised Spache formula (1974) and of the new Dale-Chall\n" +
      "           formula (1995), from the packages `spache` and `dale-chall`, MIT.\n\n" +
      `${fs.readFileSync(path.join(modules, "spache/license"), "utf8").trim()}\n`,
  );
  return `${words.length} easy words`;
};

// ------------------------------------------------------------------------

if (!fs.existsSync(path.join(modules, "sass"))) fail("node_modules is missing: run `make setup`");
fs.mkdirSync(dist, { recursive: true });
await part("pictures", own("pictures", ".svg"), buildPictures);
await part("files", [...own("css"), ...own("js"), ...own("img")], buildFiles);
await part(
  "fonts",
  PRINTED.flatMap((font) => [...font.cuts, font.licence]),
  buildFonts,
);
await part("words", ["spache", "dale-chall"].map((name) => path.join(modules, name, "index.js")), buildWords);
