import type { IssueFilter } from "@order-issue/client";
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { writeQueue } from "../data/filter";

interface IssuesLinkProps {
    filter: IssueFilter;
    /** The values of a group; an absent one is that of issues that have none. */
    values: Partial<Record<keyof IssueFilter, string | null | undefined>>;
    children: ComponentChildren;
}

/** Leads to the issues that a figure counts. */
export function IssuesLink({ filter, values, children }: IssuesLinkProps) {
    const wanted = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value ?? ""]]));
    return <Link href={`/${writeQueue({ filter: { ...filter, ...wanted }, sort: "-createdAt" })}`}>{children}</Link>;
}
