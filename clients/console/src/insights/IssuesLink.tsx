import type { IssueFilter } from "@order-issue/client";
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { writeQueue } from "../data/filter";

interface IssuesLinkProps {
    filter: IssueFilter;
    /** The values of a group. One that is absent can't be asked for. */
    values: Partial<Record<keyof IssueFilter, string | null | undefined>>;
    children: ComponentChildren;
}

/** Leads to the issues that a figure counts. */
export function IssuesLink({ filter, values, children }: IssuesLinkProps) {
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
    return given.length < Object.keys(values).length ? <span class="quiet">{children}</span> : (
        <Link href={`/${writeQueue({ filter: { ...filter, ...Object.fromEntries(given.map(([name, value]) => [name, [value]])) } as IssueFilter, sort: "-createdAt" })}`}>{children}</Link>
    );
}
