import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What becomes of one request. */
export type Fate =
    /** The service answers. */
    | "pass"
    /** The service never sees it, and the connection breaks. */
    | "drop request"
    /** The service does it, and the connection breaks before the answer. */
    | "drop answer"
    /** The service does it, and the connection breaks in the midst of the answer's body. */
    | "cut answer"
    /** Nothing happens for so long, in milliseconds; then the service answers. */
    | { delay: number }
    /** Somebody else answers. */
    | { status: number; headers?: Record<string, string>; body?: string };

/** A request as it came. */
export interface Seen {
    at: number;
    method: string;
    path: string;
    headers: IncomingMessage["headers"];
    body: string;
}

const running: Proxy[] = [];

/** Stands before the service, and does with one request after the other as it is told; what comes later passes. */
export class Proxy {
    readonly seen: Seen[] = [];
    readonly #fates: Fate[];
    readonly #target: string;
    readonly #server: Server;

    private constructor(target: string, fates: Fate[]) {
        this.#target = target;
        this.#fates = fates;
        this.#server = createServer((incoming, answer) => void this.#serve(incoming, answer).catch(() => incoming.socket.destroy()));
    }

    static async start(target: string, ...fates: Fate[]): Promise<Proxy> {
        const proxy = new Proxy(target, fates);
        running.push(proxy);
        proxy.#server.listen(0, "127.0.0.1");
        await once(proxy.#server, "listening");
        return proxy;
    }

    get url(): string {
        const { port } = this.#server.address() as AddressInfo;
        return `http://127.0.0.1:${port}`;
    }

    static stopAll(): void {
        for (const proxy of running.splice(0)) {
            proxy.#server.close();
            proxy.#server.closeAllConnections();
        }
    }

    async #serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
        const { method = "", url: path = "", headers } = incoming;
        const at = Date.now();
        const body = Buffer.concat(await incoming.toArray()).toString();
        this.seen.push({ at, method, path, headers, body });
        const fate = this.#fates.shift() ?? "pass";
        if (fate === "drop request") {
            incoming.socket.destroy();
            return;
        }

        if (typeof fate === "object" && "status" in fate) {
            answer.writeHead(fate.status, fate.headers).end(fate.body);
            return;
        }

        if (typeof fate === "object") {
            await sleep(fate.delay, undefined, { ref: false });
        }

        const forwarded = request(this.#target + path, { method, headers });
        forwarded.end(body);
        const [reply] = await once(forwarded, "response") as [IncomingMessage];
        if (fate === "drop answer") {
            incoming.socket.destroy();
            return;
        }

        answer.writeHead(reply.statusCode ?? 0, reply.headers);
        if (fate === "cut answer") {
            answer.write(Buffer.concat(await reply.toArray()).subarray(0, 10), () => incoming.socket.destroy());
            return;
        }

        reply.pipe(answer);
    }
}

/** The service's own way to tell of a failure. */
export function problem(code: string, status: number, headers: Record<string, string> = {}): Fate {
    const body = JSON.stringify({ ok: false, type: `urn:problem-type:order-issue:${code}`, title: "Title", status, detail: "Detail.", code, traceId: "00-1-2-00" });
    return { status, headers: { "Content-Type": "application/problem+json", ...headers }, body };
}
