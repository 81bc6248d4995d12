// Which schemas the operations use, and for what.

/** The named schemas in use; `isSent` where requests have it, `isReceived` where answers have it. */
export function findSchemas({ components: { schemas } }, operations) {
    const sent = namesIn(operations.map(({ parameters, requestBody }) => ({ parameters, requestBody })), schemas);
    const received = namesIn(operations.map(({ responses }) => responses), schemas);
    return Object.entries(schemas)
        .filter(([name]) => sent.has(name) || received.has(name))
        .map(([name, schema]) => ({ name, schema, isSent: sent.has(name), isReceived: received.has(name) }));
}

function namesIn(part, schemas, found = new Set()) {
    for (const [key, value] of Object.entries(part ?? {})) {
        if (key === "$ref" && typeof value === "string") {
            const name = nameOf(value);
            if (!found.has(name) && name in schemas) {
                found.add(name);
                namesIn(schemas[name], schemas, found);
            }
        } else if (typeof value === "object" && key !== "examples" && key !== "example") {
            namesIn(value, schemas, found);
        }
    }

    return found;
}

/** The last part of a reference is the name. */
export function nameOf(reference) {
    return reference.slice(reference.lastIndexOf("/") + 1);
}
