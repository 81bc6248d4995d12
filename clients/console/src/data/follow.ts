import { OrderIssueError } from "@order-issue/client";
import { useEffect } from "preact/hooks";
import { cache, client } from "./client";
import { ChangeReader } from "./changedIssues";
import { isRefused } from "./credential";
import { hasCode } from "./problems";
import { useStore } from "./store";

const retryMs = 3000;

interface Position {
    /** The sequence of the last event that was read. */
    after: number;
    epoch: string;
}

/** Where the log has been read to: a tab that is shown again goes on from here. */
let position: Position | undefined;

/** Remembers where the log ends now. What is read after this call is followed from its beginning. */
export async function takePosition(signal: AbortSignal): Promise<void> {
    position ??= await readEnd(signal);
}

/** Follows what happens to issues while the tab is shown, and shows it. */
export function useFollowedIssues(): void {
    const isEnded = useStore(isRefused);
    useEffect(() => {
        let following: AbortController | undefined;
        const followIfShown = () => {
            following?.abort();
            following = undefined;
            if (document.visibilityState === "visible" && !isEnded) {
                following = new AbortController();
                void follow(following.signal);
            }
        };
        followIfShown();
        document.addEventListener("visibilitychange", followIfShown);
        return () => {
            following?.abort();
            document.removeEventListener("visibilitychange", followIfShown);
        };
    }, [isEnded]);
}

async function follow(signal: AbortSignal): Promise<void> {
    const changes = new ChangeReader(signal);
    changes.readSoon(0); // What an earlier one has left.
    let beginsAnew = false;
    while (!signal.aborted) {
        try {
            const start = position && !beginsAnew ? position : await beginAnew(signal);
            beginsAnew = false;
            for await (const event of client.events({ ...start, signal })) {
                position = { ...start, after: event.sequence };
                changes.add(event);
            }
        } catch (error) {
            if (signal.aborted) {
                return;
            }

            if (error instanceof OrderIssueError && (error.status === 401 || error.status === 403)) {
                return; // It begins again with the next session.
            }

            if (hasCode(error, "events_expired")) {
                beginsAnew = true;
            } else {
                await new Promise(resolve => setTimeout(resolve, retryMs));
            }
        }
    }
}

/** Begins at the log's end. What happened before it is unknown: all is read again. */
async function beginAnew(signal: AbortSignal): Promise<Position> {
    const end = await readEnd(signal);
    if (position && position.epoch !== end.epoch) {
        location.reload(); // The service has another store, such as one of a backup: nothing that is shown need be in it.
    }

    position = end;
    await cache.invalidateQueries();
    return end;
}

async function readEnd(signal: AbortSignal): Promise<Position> {
    const { page } = await client.listEvents({ limit: 1, signal });
    return { after: page.latest, epoch: page.epoch };
}
