/** What JSON says; undefined where it is none, or null. */
export function parse<T>(text: string): T | undefined {
    try {
        return JSON.parse(text) ?? undefined;
    } catch {
        return undefined;
    }
}

/** Media types are compared without their case and parameters. */
export function mediaType(headers: Headers): string {
    return (headers.get("Content-Type") ?? "").split(";")[0]!.trim().toLowerCase();
}

export function isJson(headers: Headers): boolean {
    return mediaType(headers) === "application/json";
}
