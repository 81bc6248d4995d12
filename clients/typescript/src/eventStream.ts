/** Reads server-sent events, wherever the parts are cut that they come in. */
export class EventStream {
    private rest = "";
    private endsWithCr = false;
    private id = "";
    private data: string[] = [];

    /** What ends in this part. Without data it is no event, but its id tells that there was nothing of these types up to it. */
    *read(part: string): Generator<{ id: string; data: string }, void, undefined> {
        if (part === "") {
            return;
        }

        const isRestOfLineEnd = this.endsWithCr && part.startsWith("\n");
        this.endsWithCr = part.endsWith("\r");
        const lines = (this.rest + part.slice(isRestOfLineEnd ? 1 : 0)).split(/\r\n|\r|\n/);
        this.rest = lines.pop() ?? "";
        for (const line of lines) {
            if (line === "") {
                yield { id: this.id, data: this.data.splice(0).join("\n") };
            } else {
                this.take(line);
            }
        }
    }

    private take(line: string): void {
        const colon = line.indexOf(":");
        const [name, value] = colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
        if (name === "data") {
            this.data.push(value);
        } else if (name === "id") {
            this.id = value;
        }
    }
}
