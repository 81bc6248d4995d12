import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { isServed } from "../data/page";
import { Failure } from "./State";

/** Shows a failure in the place of a screen that can't be shown, and offers to load the page again. */
export function Boundary({ children }: { children: ComponentChildren }) {
    const [error] = useErrorBoundary();
    return error === undefined ? <>{children}</> : <Failure error={error} onRetry={() => void isServed().then(served => served && location.reload())} />;
}
