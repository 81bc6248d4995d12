// Adds to the OpenAPI document what NSwag doesn't hand to its templates: as properties `x-…`, which it hands on, and as schemas.
import { readFileSync, writeFileSync } from "node:fs";

const [source, target] = process.argv.slice(2);
const document = JSON.parse(readFileSync(source, "utf8"));
const { schemas } = document.components;
const operations = Object.values(document.paths).flatMap(methods => Object.values(methods));
const [listed, exported] = ["listIssues", "exportIssues"].map(id => operations.find(({ operationId }) => operationId === id).parameters);
const filters = listed.filter(({ name }) => exported.some(parameter => parameter.name === name));
const told = JSON.stringify(Object.entries(schemas).filter(([name]) => !name.endsWith("Request")));

for (const [name, schema] of Object.entries(schemas)) {
    const { description, properties, required = [], anyOf } = schema;
    if (!properties) {
        // NSwag makes an empty interface of a union, but a type of an enum. An answer may have a word that only a later service knows.
        const isOpen = schema.enum && told.includes(`/${name}"`);
        schemas[name] = { description, enum: [""], "x-type": typeOf(schema) + (isOpen ? " | (string & {})" : "") };
    } else if (name.endsWith("Request")) {
        schema["x-and"] = anyOf?.map(({ required: [key] }) => `{ ${key}: ${typeOf(properties[key])} }`).join(" | ");
        for (const [key, property] of Object.entries(properties)) {
            if (property.anyOf || property.type === "array") {
                Object.assign(property, { type: "string", anyOf: undefined, items: undefined, "x-type": typeOf(property) });
            }

            property["x-or"] = required.includes(key) ? "" : " | undefined";
        }
    }
}

// Only what another program stored may lack them.
schemas.OrderIssue.required.push("issueId", "status");
schemas.IssueFilter = describe("Issues that meet all of it.", filters);
for (const operation of operations) {
    // The client gives the issue, as every caller of it expects.
    delete operation.responses["204"];
    operation.parameters = operation.parameters?.filter(({ name }) => name !== "Prefer");
    const { operationId, parameters = [], requestBody, responses } = operation;
    const takesFilter = filters.every(({ name }) => parameters.some(parameter => parameter.name === name));
    const own = parameters.filter(({ name }) => !takesFilter || filters.every(filter => filter.name !== name));
    const options = own.filter(parameter => parameter.in !== "path");
    const needed = options.filter(({ required }) => required);
    const [body] = Object.values(requestBody?.content ?? {});
    const stream = responses["200"]?.content?.["text/event-stream"];
    if (stream) {
        stream.schema.format = "binary"; // What is read as it comes, is a file to NSwag.
    }

    const example = [
        ...own.filter(parameter => parameter.in === "path").map(({ example }) => example),
        ...(body ? [body.example ?? Object.values(body.examples)[0].value] : []),
        ...(needed.length > 0 ? [Object.fromEntries(needed.map(({ name, example }) => [name, example]))] : []),
    ];
    const codes = Object.entries(responses).flatMap(([status, { description }]) =>
        Array.from(description.matchAll(/^`(\w+)`:/gm), ([, code]) => `\`${code}\` (${status})`));
    Object.assign(operation, {
        parameters: own,
        "x-filters": takesFilter,
        "x-needs-options": needed.length > 0,
        "x-example": example.map(literal).join(", ").replaceAll("\n", "\n     * "),
        "x-codes": codes.join(", ").match(/\S.{1,120}(?= |$)/g).join("\n     * "),
    });
    if (options.length > 0) {
        operation["x-options"] = `${operationId[0].toUpperCase()}${operationId.slice(1)}Options`;
        const bases = takesFilter ? "CallOptions, IssueFilter" : "CallOptions";
        schemas[operation["x-options"]] = describe(`What may come with \`${operationId}\`.`, options, bases);
    }
}

writeFileSync(target, JSON.stringify(document));

/** Parameters as properties of a schema. */
function describe(description, parameters, bases) {
    const notes = {
        "If-Match": " Leave it out for a change in any state; undefined is refused, as no state is known then.",
        "Idempotency-Key": " Without one, each call has a new key.",
    };
    const properties = parameters.map(({ name, "x-originalName": option = name, description, required, schema }) => [option, {
        description: description + (notes[name] ?? ""),
        "x-type": schema.type === "array" ? `${typeOf(schema.items)} | ${typeOf(schema)}` : typeOf(schema),
        "x-or": required || name === "If-Match" ? "" : " | undefined",
    }]);
    const required = parameters.filter(({ required }) => required).map(({ name }) => name);
    return { type: "object", description, required, properties: Object.fromEntries(properties), "x-bases": bases };
}

/** Known words and any text are words and `(string & {})`, so that an editor offers the words. */
function typeOf({ $ref, allOf, anyOf, enum: words, type, items }) {
    return $ref ? $ref.split("/").at(-1)
        : allOf ? typeOf(allOf[0])
        : anyOf ? anyOf.map(typeOf).join(" | ").replace(/" \| string$/, '" | (string & {})')
        : words ? words.map(word => JSON.stringify(word)).join(" | ")
        : type === "array" ? `readonly ${typeOf(items)}[]`
        : type === "integer" ? "number" : type ?? "unknown";
}

/** A value as somebody would write it. */
function literal(value) {
    return JSON.stringify(value, null, 4).replace(/"(\w+)":/g, "$1:").replace(/\[[^[\]]*\]|\{[^{}]*\}/g, part => {
        const line = part.replace(/\n\s*/g, " ").replace(/\[ (.*) \]/, "[$1]");
        return line.length < 80 ? line : part;
    });
}
