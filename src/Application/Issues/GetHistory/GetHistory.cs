using MediatR;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.GetHistory;

/// <summary>Tells what happened to an issue, oldest first.</summary>
public sealed record GetHistory(string IssueId) : IRequest<IReadOnlyList<HistoryEntry>>;
