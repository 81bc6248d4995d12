import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

/** Keeps only the rows in the page that can be seen, and a few around them. */
export function useVirtualRows(scroller: RefObject<HTMLElement>, count: number, rowHeight: number) {
    const [, redraw] = useReducer((times: number) => times + 1, 0);
    const options = {
        count,
        getScrollElement: () => scroller.current,
        estimateSize: () => rowHeight,
        overscan: 4,
        scrollToFn: elementScroll,
        observeElementRect,
        observeElementOffset,
        onChange: () => redraw(undefined),
    };
    const [virtualizer] = useState(() => new Virtualizer<HTMLElement, Element>(options));
    virtualizer.setOptions(options);
    useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
    useLayoutEffect(() => virtualizer._willUpdate());
    useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
    const rows = virtualizer.getVirtualItems();
    return {
        indexes: rows.map(row => row.index),
        before: rows[0]?.start ?? 0,
        after: virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0),
    };
}
