// Operations as methods, and what they take as interfaces.
import { comment, describe, variableOf } from "./comments.mjs";
import { typeOf } from "./types.mjs";

/** Headers that a caller gives as an option, and the option's name. */
const options = { "If-Match": "ifMatch", "If-None-Match": "ifNoneMatch", "Idempotency-Key": "idempotencyKey" };

/** What the list and the export have in common are the filters. */
const filtered = ["listIssues", "exportIssues"];

/** The filters, once for all operations that take them. */
export function writeFilter(operations) {
    const parameters = filters(operations);
    return `/** Issues that meet all of it. */\nexport interface IssueFilter {\n${parameters.map(queryOption).join("")}}\n
const filters = ${listOf(parameters.map(({ name }) => name))};\n`;
}

/** What may come with an operation, beside its path and body. */
export function writeOptions(operation, operations) {
    const { query, headers, name, takesFilter } = shapeOf(operation, operations);
    const description = comment([`What may come with \`${operation.operationId}\`.`], "");
    const parents = `CallOptions${takesFilter ? ", IssueFilter" : ""}`;
    const members = [...query.map(queryOption), ...headers.map(headerOption)].join("");
    return name === "CallOptions" ? "" : `${description}export interface ${name} extends ${parents} {\n${members}}\n`;
}

/** What a client does, for whoever calls it. */
export function writeInterface(operations) {
    return `/** What the service does, an operation a method. */\nexport interface IssueOperations {\n${operations.map(operation => {
        const shape = shapeOf(operation, operations);
        const [first, second] = overloads(operation, shape);
        const likewise = comment(["Likewise; undefined where the issue is still in the state that `ifNoneMatch` names."], "    ");
        return `${describe(operation, shape)}${first}${second ? likewise + second : ""}`;
    }).join("\n")}}\n`;
}

/** The same as a class, which leaves it to whoever derives from it to send a request. */
export function writeClass(operations) {
    return `/** The operations as requests. Whoever derives from it sends them. */
export abstract class Operations implements IssueOperations {
    protected abstract send<T>(request: Description, options: CallOptions): Promise<Result<T>>;
    protected abstract sendIfChanged<T>(request: Description, options: CallOptions): Promise<Result<T> | undefined>;
    protected abstract download(request: Description, options: CallOptions): Promise<Response>;
${operations.map(operation => writeMethod(operation, shapeOf(operation, operations))).join("")}}\n`;
}

function writeMethod(operation, shape) {
    const { method, path, requestBody } = operation;
    const { pathParameters, query, headers, takesFilter, result, isFile, isConditional } = shape;
    const names = [...(takesFilter ? ["...filters"] : []), ...query.map(({ name }) => JSON.stringify(name))];
    const segments = pathParameters.map(({ name }) => name === variableOf(name) ? name : `${name}: ${variableOf(name)}`);
    const joined = query.filter(({ explode }) => explode === false).map(({ name }) => name);
    const description = [
        `method: "${method}"`,
        `path: "${path}"`,
        ...(segments.length > 0 ? [`segments: { ${segments.join(", ")} }`] : []),
        ...(joined.length > 0 ? [`joined: ${listOf(joined)}`] : []),
        ...(names.length > 0 ? [`query: [${names.join(", ")}]`] : []),
        ...(headers.length > 0 ? [`headers: ${listOf(headers.map(({ name }) => options[name]))}`] : []),
        ...(requestBody ? ["body"] : []),
    ].join(", ");
    const send = isFile ? "download" : `${isConditional ? "sendIfChanged" : "send"}<${result}>`;
    const overloaded = isConditional ? overloads(operation, shape).join("") : "";
    return `\n${overloaded}${signature(operation, shape, " = {}")} {\n        return this.${send}({ ${description} }, options);\n    }\n`;
}

/** Without `ifNoneMatch` there is always an answer. */
function overloads(operation, shape) {
    const certain = { ...shape, isConditional: false, name: `${shape.name} & { ifNoneMatch?: undefined }` };
    const signatures = shape.isConditional
        ? [signature(operation, certain), signature(operation, { ...shape, isNeeded: true })]
        : [signature(operation, shape)];
    return signatures.map(text => `${text};\n`);
}

function signature({ operationId, requestBody }, { pathParameters, name, isNeeded, body, result, isFile, isConditional }, byDefault) {
    const isOptional = !isNeeded;
    const parameters = [
        ...pathParameters.map(parameter => `${variableOf(parameter.name)}: ${typeOf(parameter.schema, true)}`),
        ...(requestBody ? [`body: ${body}`] : []),
        `options${isOptional && !byDefault ? "?" : ""}: ${name}${isOptional && byDefault ? byDefault : ""}`,
    ];
    const answer = isFile ? "Response" : `Result<${result}>${isConditional ? " | undefined" : ""}`;
    return `    ${operationId}(${parameters.join(", ")}): Promise<${answer}>`;
}

/** What of an operation the parts above need to know. */
function shapeOf(operation, operations) {
    const { operationId, parameters = [], requestBody, responses } = operation;
    const all = filters(operations).map(({ name }) => name);
    const inQuery = parameters.filter(parameter => parameter.in === "query");
    const takesFilter = all.every(name => inQuery.some(parameter => parameter.name === name));
    const query = inQuery.filter(({ name }) => !takesFilter || !all.includes(name));
    const headers = parameters.filter(parameter => parameter.in === "header" && parameter.name in options);
    const [content] = Object.entries(responses).filter(([status]) => status.startsWith("2")).map(([, response]) => response.content);
    const schema = content?.["application/json"]?.schema;
    return {
        pathParameters: parameters.filter(parameter => parameter.in === "path"),
        query, headers, takesFilter,
        isNeeded: query.some(({ required }) => required),
        isConditional: headers.some(({ name }) => name === "If-None-Match"),
        isFile: content !== undefined && schema === undefined,
        result: schema ? typeOf(schema, false) : "unknown",
        body: requestBody && typeOf(Object.values(requestBody.content)[0].schema, true),
        name: inQuery.length + headers.length > 0 ? `${operationId[0].toUpperCase()}${operationId.slice(1)}Options` : "CallOptions",
    };
}

function filters(operations) {
    const [first, ...others] = filtered.map(id => operations.find(({ operationId }) => operationId === id).parameters ?? []);
    return first.filter(({ name }) => others.every(parameters => parameters.some(parameter => parameter.name === name)));
}

function queryOption({ name, description, required, schema }) {
    const item = schema.type === "array" ? typeOf(schema.items, true) : undefined;
    const type = item ? `${item} | readonly ${/[|&]/.test(item) ? `(${item})` : item}[]` : typeOf(schema, true);
    return `${comment([description], "    ")}    ${name}${required ? "" : "?"}: ${type}${required ? "" : " | undefined"};\n`;
}

function headerOption({ name, description, schema }) {
    const isKey = name === "Idempotency-Key";
    const isGuard = name === "If-Match";
    const more = isKey ? " Without one, each call has a new key."
        : isGuard ? " Leave it out for a change in any state; undefined is refused, as no state is known then."
        : "";
    return comment([description + more], "    ") + `    ${options[name]}?: ${typeOf(schema, true)}${isGuard ? "" : " | undefined"};\n`;
}

function listOf(names) {
    return `[${names.map(name => JSON.stringify(name)).join(", ")}]`;
}
