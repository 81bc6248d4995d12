import type { OrderIssue } from "@order-issue/client";
import type { MutableRef } from "preact/hooks";
import { useKeys } from "../parts/keys";
import type { Selection } from "./useSelection";

interface QueueKeys {
    issues: readonly OrderIssue[];
    scroller: MutableRef<HTMLDivElement | null>;
    focused: MutableRef<number>;
    rowHeight: number;
    selection: Selection;
    canChange: boolean;
    onChange: (field: "assignee" | "status", focusedId: string | undefined) => void;
}

/** `Enter` needs no shortcut: the focus is on the row's link. */
export function useQueueKeys({ issues, scroller, focused, rowHeight, selection, canChange, onChange }: QueueKeys): void {
    const move = (step: number) => {
        const hasFocus = scroller.current?.contains(document.activeElement) ?? false;
        const index = Math.min(Math.max(hasFocus ? focused.current + step : focused.current, 0), issues.length - 1);
        focused.current = index;
        show(index);
        focusRow(index);
    };
    const show = (index: number) => {
        const { current } = scroller;
        if (current) {
            const top = index * rowHeight;
            const room = current.clientHeight - 2 * rowHeight; // The heading covers one row.
            current.scrollTop = Math.min(Math.max(current.scrollTop, top - room), top);
        }
    };
    const focusRow = (index: number, tries = 5) => {
        const link = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"] th a`);
        if (link) {
            link.focus({ preventScroll: true });
        } else if (tries > 0) {
            requestAnimationFrame(() => focusRow(index, tries - 1)); // The row comes with the next drawing.
        }
    };
    const focusedId = () => scroller.current?.contains(document.activeElement) ? issues[focused.current]?.issueId : undefined;
    useKeys({
        "j": () => move(1),
        "k": () => move(-1),
        "/": () => document.getElementById("search")?.focus(),
        ...canChange && {
            x: () => { const id = focusedId(); if (id !== undefined) { selection.toggle(id); } },
            a: () => onChange("assignee", focusedId()),
            s: () => onChange("status", focusedId()),
        },
    });
}
