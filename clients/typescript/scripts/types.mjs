// Schemas as TypeScript types.
import { comment } from "./comments.mjs";
import { nameOf } from "./schemas.mjs";

/** The declaration of a named schema. */
export function writeType({ name, schema, isSent }) {
    const description = comment([schema.description], "");
    return isObject(schema) && !schema.anyOf
        ? `${description}export interface ${name} {\n${writeProperties(schema, isSent)}}\n`
        : `${description}export type ${name} = ${typeOf(schema, isSent)};\n`;
}

/** The type of a schema. What is sent may hold lists that are read only; what is received may hold a word that a later service has. */
export function typeOf(schema, isSent) {
    const alternatives = schema.oneOf ?? schema.anyOf ?? schema.allOf;
    const type = schema.$ref ? nameOf(schema.$ref)
        : schema.enum ? wordsOf(schema.enum, !isSent)
        : isObject(schema) ? `{\n${writeProperties(schema, isSent)}}${waysToHave(schema, isSent)}`
        : alternatives ? oneOf(alternatives, isSent, schema.allOf ? " & " : " | ")
        : schema.type === "array" ? listOf(typeOf(schema.items ?? {}, isSent), isSent)
        : schema.type === "object" ? `Record<string, ${typeOf(values(schema), isSent)}>`
        : { string: "string", integer: "number", number: "number", boolean: "boolean" }[schema.type] ?? "unknown";
    return schema.nullable && type !== "unknown" && !schema.enum?.includes(null) ? `${type} | null` : type;
}

/** Where one of several properties is required, any of them. */
function waysToHave({ properties, anyOf = [] }, isSent) {
    const ways = anyOf.flatMap(({ required = [] }) => required)
        .map(name => `{ ${name}: ${typeOf({ ...properties[name], nullable: false }, isSent)} }`);
    return ways.length > 0 ? ` & (${ways.join(" | ")})` : "";
}

function isObject(schema) {
    return schema.type === "object" && schema.properties !== undefined;
}

function values({ additionalProperties }) {
    return typeof additionalProperties === "object" ? additionalProperties : {};
}

function writeProperties({ properties, required = [] }, isSent) {
    return Object.entries(properties).map(([name, schema]) => {
        const isOptional = !required.includes(name);
        const type = typeOf(schema, isSent);
        const orNone = isOptional && isSent && type !== "unknown" ? " | undefined" : "";
        return `${comment([schema.description], "    ")}    ${name}${isOptional ? "?" : ""}: ${type}${orNone};\n`;
    }).join("");
}

function listOf(type, isSent) {
    return `${isSent ? "readonly " : ""}${/[|&]/.test(type) ? `(${type})` : type}[]`;
}

/** Known words and any text: the words stay, so that an editor offers them. */
function oneOf(alternatives, isSent, separator) {
    const words = alternatives.flatMap(schema => schema.enum ?? []);
    const isOpen = words.length > 0 && alternatives.some(schema => schema.type === "string" && schema.enum === undefined);
    return isOpen ? wordsOf(words, true) : [...new Set(alternatives.map(schema => typeOf(schema, isSent)))].join(separator);
}

function wordsOf(words, isOpen) {
    return [...words.map(word => JSON.stringify(word)), ...(isOpen ? ["(string & {})"] : [])].join(" | ");
}
