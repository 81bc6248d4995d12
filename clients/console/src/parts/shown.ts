import { type MutableRef, useEffect, useRef } from "preact/hooks";

/** Whether the component is still in the page: what fails afterwards has to be told elsewhere. */
export function useIsShown(): MutableRef<boolean> {
    const isShown = useRef(true);
    useEffect(() => () => { isShown.current = false; }, []);
    return isShown;
}
