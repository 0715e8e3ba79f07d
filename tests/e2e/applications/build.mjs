// Bundles the application of each framework in a production build:
// node build.mjs <node_modules with the frameworks> <folder for the bundles>
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [modules, to] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(modules, "frameworks.js"));
const { build } = require("esbuild");

// The frameworks are not installed beside the applications.
const elsewhere = {
  name: "elsewhere",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer, pluginData }) => {
      if (pluginData === "seen" || importer.startsWith(modules)) return undefined;
      return build.resolve(path, { kind, importer, resolveDir: dirname(modules), pluginData: "seen" });
    });
  },
};

const vue = {
  name: "vue",
  setup(build) {
    const { compileScript, parse } = require("@vue/compiler-sfc");
    build.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor, errors } = parse(await readFile(path, "utf8"), { filename: path });
      if (errors.length > 0) throw errors[0];
      const isCustomElement = (tag) => tag.includes("-");
      const { content } = compileScript(descriptor, {
        id: "paper",
        inlineTemplate: true,
        templateOptions: { compilerOptions: { isCustomElement } },
      });
      return { contents: content };
    });
  },
};

const svelte = {
  name: "svelte",
  setup(build) {
    const { compile } = require("svelte/compiler");
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      return { contents: compile(await readFile(path, "utf8"), { filename: path }).js.code };
    });
  },
};

// Angular templates are compiled ahead of time: compiling in the page would require `unsafe-eval`.
const angular = {
  name: "angular",
  setup(build) {
    const compiler = () => import(pathToFileURL(require.resolve("@angular/compiler-cli")));
    build.onLoad({ filter: /angular\/app\.ts$/ }, async ({ path }) => {
      const { formatDiagnostics, performCompilation } = await compiler();
      let contents;
      const { diagnostics } = performCompilation({
        rootNames: [path],
        options: {
          target: 9, // ES2022
          module: 99, // ESNext
          moduleResolution: 100, // Bundler
          lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
          paths: { "*": [join(modules, "*")] },
          types: [],
          resolveJsonModule: true,
          strict: true,
          strictTemplates: true,
          compilationMode: "full",
        },
        emitCallback: ({ program, customTransformers }) => {
          const keep = (file, text) => {
            if (file.endsWith("app.js")) contents = text;
          };
          return program.emit(undefined, keep, undefined, false, customTransformers);
        },
      });
      if (diagnostics.length > 0) throw new Error(formatDiagnostics(diagnostics));
      return { contents };
    });
    // Angular libraries are published partially compiled; the linker completes them.
    build.onLoad({ filter: /@angular\/.*\.mjs$/ }, async ({ path }) => {
      const contents = await readFile(path, "utf8");
      if (!contents.includes("ɵɵngDeclare")) return { contents };
      const { transformAsync } = require("@babel/core");
      const { createEs2015LinkerPlugin } = await import(
        pathToFileURL(require.resolve("@angular/compiler-cli/linker/babel"))
      );
      const { NodeJSFileSystem, ConsoleLogger, LogLevel } = await compiler();
      const linker = createEs2015LinkerPlugin({
        fileSystem: new NodeJSFileSystem(),
        logger: new ConsoleLogger(LogLevel.warn),
        linkerJitMode: false,
        sourceMapping: false,
      });
      const options = { filename: path, configFile: false, babelrc: false, compact: false, plugins: [linker] };
      return { contents: (await transformAsync(contents, options)).code };
    });
  },
};

const settings = {
  bundle: true,
  minify: true,
  target: "es2022",
  jsx: "automatic",
  define: {
    "process.env.NODE_ENV": '"production"',
    __VUE_OPTIONS_API__: "false",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    ngDevMode: "false",
    ngI18nClosureMode: "false",
  },
  logLevel: "warning",
};

const applications = [
  ["react", "app.jsx", []],
  ["vue", "app.js", [vue]],
  ["svelte", "app.js", [svelte]],
  ["angular", "app.ts", [angular]],
];
for (const [name, entry, plugins] of applications) {
  await build({
    ...settings,
    entryPoints: { [name]: join(here, name, entry) },
    outdir: to,
    format: "esm",
    conditions: ["browser", "production"],
    plugins: [...plugins, elsewhere],
  });
}

// The React application is also server-rendered.
const { outputFiles } = await build({
  ...settings,
  entryPoints: [join(here, "react/ahead.jsx")],
  platform: "node",
  format: "cjs",
  plugins: [elsewhere],
  write: false,
});
const markup = execFileSync(process.execPath, ["-"], { input: outputFiles[0].contents });
await writeFile(join(to, "react.html"), markup);
