import type { ComponentChildren } from "preact";
import { useEffect, useErrorBoundary, useRef } from "preact/hooks";
import { isConnected } from "../data/client";
import { isServed } from "../data/page";
import { useStore } from "../data/store";
import { useTexts } from "../texts";
import { Failure } from "./State";

/** Shows a failure in the place of a screen that can't be shown. The page is loaded again when the agent asks, or the service is back. */
export function Boundary({ children }: { children: ComponentChildren }) {
    const texts = useTexts();
    const [error] = useErrorBoundary(failure => console.warn(failure));
    const connected = useStore(isConnected);
    const wasConnected = useRef(connected);
    const reload = () => void isServed().then(served => served && location.reload());
    useEffect(() => {
        if (error !== undefined && connected && !wasConnected.current) {
            reload();
        }

        wasConnected.current = connected;
    }, [connected, error]);
    return error === undefined ? <>{children}</> : <Failure error={texts.common.notShown} onRetry={reload} />;
}
