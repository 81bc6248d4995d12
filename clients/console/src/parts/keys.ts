import { tinykeys } from "tinykeys";
import { useEffect, useRef } from "preact/hooks";
import { useSettings } from "../data/settings";

/** Shortcuts of single keys, outside fields and dialogs, unless the agent has switched them off. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
    const isOn = useSettings().keys;
    const latest = useRef(keys);
    latest.current = keys;
    const names = Object.keys(keys).join(" ");
    useEffect(() => {
        if (!isOn) {
            return;
        }

        const handlers = names.split(" ").map(name => [name, (event: KeyboardEvent) => {
            if (!isTaken(event)) {
                event.preventDefault();
                latest.current[name]?.(event);
            }
        }] as const);
        return tinykeys(window, Object.fromEntries(handlers), { ignore: () => false });
    }, [isOn, names]);
}

function isTaken({ target, ctrlKey, altKey, metaKey, isComposing }: KeyboardEvent): boolean {
    return ctrlKey || altKey || metaKey || isComposing
        || document.querySelector("dialog[open]") !== null
        || (target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null);
}
