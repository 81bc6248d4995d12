import { OrderIssueError } from "@order-issue/client";
import type { UseQueryResult } from "@tanstack/preact-query";
import type { ComponentChildren } from "preact";
import { describe } from "../data/problems";
import { useTexts } from "../texts";

/** What stands where something is read: the wait, the failure with another try, or what was read, as long as it is there. */
export function Read<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ComponentChildren }) {
    const texts = useTexts();
    const { data, error } = query;
    if (data !== undefined && !(error instanceof OrderIssueError && error.status === 404)) {
        return <>{children(data)}</>;
    }

    return error === null
        ? <p class="quiet" aria-busy="true">{texts.common.loading}</p>
        : <Failure error={error} onRetry={() => void query.refetch()} />;
}

export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
    const texts = useTexts();
    return (
        <div class="failure" role="alert">
            <p>{describe(error, texts)}</p>
            <button type="button" onClick={onRetry}>{texts.common.retry}</button>
        </div>
    );
}
