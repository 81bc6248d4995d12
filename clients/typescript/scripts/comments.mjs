// Doc comments.

/** One line, where it is one; else a block. Parts are paragraphs. */
export function comment(parts, indent) {
    const lines = parts.filter(part => part).join("\n").replaceAll("*/", "*\\/").split("\n");
    return lines.length === 1
        ? lines[0] === "" ? "" : `${indent}/** ${lines[0]} */\n`
        : `${indent}/**\n${lines.map(line => `${indent} * ${line}`.trimEnd() + "\n").join("")}${indent} */\n`;
}

/** What an operation does, takes, answers with and fails with, and an example. */
export function describe(operation, { pathParameters, isFile }) {
    const { summary, description, requestBody, responses } = operation;
    const answers = Object.entries(responses).filter(([status]) => status.startsWith("2")).map(([, { description }]) => description);
    return comment([
        summary,
        description && `\n${description}`,
        ...pathParameters.map(({ name, description }) => `@param ${variableOf(name)} ${description}`),
        requestBody && `@param body ${requestBody.description ?? "The request."}`,
        `@returns ${answers.join(" Or: ")}`,
        wrapped(`@throws {OrderIssueError} ${codesOf(responses).join(", ")}`),
        `@example\n${exampleOf(operation, pathParameters, isFile)}`,
    ], "    ");
}

/** In lines that can be read without scrolling. */
function wrapped(text) {
    return text.replace(/(.{1,130})( |$)/g, "$1\n").trimEnd();
}

export function variableOf(name) {
    return name[0].toLowerCase() + name.slice(1);
}

function codesOf(responses) {
    return Object.entries(responses).filter(([status]) => Number(status) >= 400)
        .flatMap(([status, { description }]) => Array.from(description.matchAll(/^`(\w+)`:/gm), ([, code]) => `\`${code}\` (${status})`));
}

function exampleOf({ operationId, parameters = [], requestBody }, pathParameters, isFile) {
    const [body] = Object.values(requestBody?.content ?? {});
    const needed = parameters.filter(parameter => parameter.in === "query" && parameter.required);
    const values = [
        ...pathParameters.map(sample),
        ...(body ? [body.example ?? Object.values(body.examples ?? {})[0]?.value ?? {}] : []),
        ...(needed.length > 0 ? [Object.fromEntries(needed.map(parameter => [parameter.name, sample(parameter)]))] : []),
    ];
    return `const ${isFile ? "file" : "{ data }"} = await client.${operationId}(${values.map(value => literal(value)).join(", ")});`;
}

function sample({ name, example, schema }) {
    return example ?? schema.example ?? schema.enum?.[0] ?? name;
}

/** A value as somebody would write it. */
function literal(value, indent = "") {
    if (typeof value !== "object" || value === null) {
        return JSON.stringify(value);
    }

    const inner = `${indent}    `;
    const items = Array.isArray(value)
        ? value.map(item => literal(item, inner))
        : Object.entries(value).map(([name, item]) => `${name}: ${literal(item, inner)}`);
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{ ", " }"];
    const line = `${open}${items.join(", ")}${close}`;
    const lines = items.map(item => `${inner}${item},\n`).join("");
    return line.length < 80 && !line.includes("\n") ? line : `${open.trim()}\n${lines}${indent}${close.trim()}`;
}
