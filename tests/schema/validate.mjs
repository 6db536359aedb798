// Holds every message that the server sent in recorded sessions against the schemas of the protocol's types.
//
//     node validate.mjs SCHEMA FOLDER
//
// Ends with a line "N passed, N failed, N skipped", one for each kind of message, and with 1 when one failed.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";

const [schemaFile, folder] = process.argv.slice(2);

/** The schema, with what TypeScript's `number` cannot say: that lines, columns and versions are whole. */
function schemas() {
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const whole = { uinteger: [0, 2 ** 31 - 1], integer: [-(2 ** 31), 2 ** 31 - 1] };
  for (const [name, [minimum, maximum]] of Object.entries(whole)) {
    if (!schema.definitions[name]) throw new Error(`the protocol's types have no ${name} any more`);
    schema.definitions[name] = { type: "integer", minimum, maximum };
  }
  return schema;
}

const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(schemas(), "messages");
const sections = { results: "Results", notifications: "Notifications", requests: "Requests", registrations: "Registrations" };
const kinds = new Map();
for (const [section, type] of Object.entries(sections)) {
  for (const method of Object.keys(ajv.getSchema("messages").schema.definitions[type].properties)) {
    const pointer = method.replaceAll("~", "~0").replaceAll("/", "~1");
    const check = ajv.compile({ $ref: `messages#/definitions/${type}/properties/${encodeURIComponent(pointer)}` });
    kinds.set(`${section} ${method}`, { check, seen: 0, faults: new Map() });
  }
}

/** What is wrong with what a message carries; nothing when all is well. */
function faults(section, method, value) {
  const kind = kinds.get(`${section} ${method}`);
  if (!kind) return [`no ${section} of ${method} is known`];
  kind.seen += 1;
  if (kind.check(value)) return [];
  return kind.check.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

const isWhole = (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31;
const isId = (value) => isWhole(value) || typeof value === "string";

/** What is wrong with a message of the server's, given what the client has asked. Gives its kind too. */
function judge(message, asked) {
  const { jsonrpc, id, method, params, result, error, ...more } = message;
  const wrong = [];
  if (jsonrpc !== "2.0") wrong.push(`jsonrpc is ${jsonrpc}`);
  if (Object.keys(more).length > 0) wrong.push(`it has ${Object.keys(more)} too`);
  if (method !== undefined) {
    const section = id === undefined ? "notifications" : "requests";
    if (id !== undefined && !isId(id)) wrong.push(`its id is ${id}`);
    if (result !== undefined || error !== undefined) wrong.push("it is a question and an answer");
    wrong.push(...faults(section, method, params ?? null));
    for (const one of method === "client/registerCapability" ? params.registrations : []) {
      wrong.push(...faults("registrations", one.method, one.registerOptions));
    }
    return [`${section} ${method}`, wrong];
  }
  if (error !== undefined) {
    if (result !== undefined) wrong.push("it has a result and an error");
    if (!isWhole(error.code) || typeof error.message !== "string") wrong.push("its error has no code or no message");
    if (id !== null && !asked.has(JSON.stringify(id))) wrong.push(`nobody asked ${id}`);
    return ["errors", wrong];
  }
  const question = asked.get(JSON.stringify(id));
  if (result === undefined) wrong.push("it is neither a question nor an answer");
  if (question === undefined) return ["results", [...wrong, `nobody asked ${id}`]];
  return [`results ${question}`, [...wrong, ...faults("results", question, result)]];
}

/** The validator itself is tested first: each of these must be refused. */
function distrust() {
  const position = { line: 0, character: 0 };
  const diagnostics = (finding) => ({
    jsonrpc: "2.0",
    method: "textDocument/publishDiagnostics",
    params: { uri: "file:///a", diagnostics: [{ range: { start: position, end: position }, message: "m", ...finding }] },
  });
  const start = (start) => diagnostics({ range: { start, end: position } });
  const wrong = [
    diagnostics({ severity: "warning" }),
    diagnostics({ message: 7 }),
    diagnostics({ colour: "red" }),
    start({ line: -1, character: 0 }),
    start({ line: 0, character: 1.5 }),
    start({ line: 0 }),
    start({ line: 2 ** 31, character: 0 }),
    { ...diagnostics({}), method: "textDocument/unheardOf" },
    { ...diagnostics({}), jsonrpc: undefined },
    { jsonrpc: "2.0", id: 1, result: [] },
    { jsonrpc: "2.0", id: 2, result: { contents: 7 } },
    { jsonrpc: "2.0", id: 2, error: { code: "high", message: "m" } },
  ];
  const asked = new Map([["2", "textDocument/hover"]]);
  if (judge(diagnostics({}), asked)[1].length > 0) throw new Error("the validator refuses what is right");
  for (const message of wrong) {
    if (judge(message, asked)[1].length === 0) throw new Error(`the validator takes ${JSON.stringify(message)}`);
  }
  for (const kind of kinds.values()) kind.seen = 0;
}

distrust();
let messages = 0;
const failures = new Map();
const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
for (const name of files) {
  const asked = new Map();
  for (const line of readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean)) {
    const { from, message } = JSON.parse(line);
    if (from === "client") {
      if (message.method !== undefined && message.id !== undefined) asked.set(JSON.stringify(message.id), message.method);
      continue;
    }
    messages += 1;
    const [kind, wrong] = judge(message, asked);
    if (wrong.length > 0) failures.set(kind, failures.get(kind) ?? `${wrong.join("; ")}\n    ${JSON.stringify(message).slice(0, 2000)}`);
  }
}
for (const [kind, { seen }] of kinds) {
  if (seen === 0) failures.set(kind, failures.get(kind) ?? "never sent in any of the sessions");
}
for (const [kind, wrong] of failures) console.log(`failed: ${kind}: ${wrong}`);
console.log(`${messages} messages of ${files.length} sessions, of ${kinds.size} kinds`);
const failed = failures.size;
console.log(`${Math.max(kinds.size - failed, 0)} passed, ${failed} failed, 0 skipped`);
process.exit(failed > 0 ? 1 : 0);
