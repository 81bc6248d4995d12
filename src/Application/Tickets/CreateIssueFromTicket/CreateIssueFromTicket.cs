using MediatR;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Additions;

namespace OrderIssues.Application.Tickets.CreateIssueFromTicket;

/// <summary>Takes in the issue of a ticket, with what the ticket tells where the caller doesn't; the one that there is already, where there is one.</summary>
public sealed record CreateIssueFromTicket : IRequest<AddedIssue>
{
    /// <summary>What the caller says about the issue: at least the ticket, its source, and what kind of issue it is.</summary>
    public required CreateIssue Issue { get; init; }

    /// <summary>The system that the ticket lives in, once this is known to be valid.</summary>
    internal string TicketSystem => Channels.Of(Issue.Source)!;

    /// <summary>The ticket, likewise.</summary>
    internal string TicketId => Issue.TicketId!;
}
