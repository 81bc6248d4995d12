import { useRef } from "preact/hooks";
import { drafts } from "./drafts";

const none = { content: "", key: "" };

/**
 * A key that stays while the content does, so that sending it again after a failure does nothing twice. With the name of a draft it
 * outlives a reload, as the draft does.
 */
export function useIdempotencyKey(draft?: string) {
    const last = useRef(draft === undefined ? none : readKey(draft));
    const keep = () => draft !== undefined && drafts.write(`${draft} key`, last.current === none ? "" : JSON.stringify(last.current));
    return {
        keyFor: (content: unknown): string => {
            const text = JSON.stringify(content);
            if (last.current.content !== text) {
                last.current = { content: text, key: newKey() };
                keep();
            }

            return last.current.key;
        },
        /** Forgets the key: the same content sent again is something new. */
        settle: () => {
            last.current = none;
            keep();
        },
    };
}

function readKey(draft: string): typeof none {
    try {
        return { ...none, ...JSON.parse(drafts.read(`${draft} key`) || "{}") };
    } catch {
        return none;
    }
}

// `crypto.randomUUID` is there on https and on localhost only.
function newKey(): string {
    return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
