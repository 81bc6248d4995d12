import { useRef } from "preact/hooks";

const none = { content: "", key: "" };

/** A key that stays while the content does, so that sending it again after a failure does nothing twice. */
export function useIdempotencyKey() {
    const last = useRef(none);
    return {
        keyFor: (content: unknown): string => {
            const text = JSON.stringify(content);
            if (last.current.content !== text) {
                last.current = { content: text, key: newKey() };
            }

            return last.current.key;
        },
        /** What is sent from now on is something new, be it the same. */
        settle: () => { last.current = none; },
    };
}

// `crypto.randomUUID` is there on https and on localhost only.
function newKey(): string {
    return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
