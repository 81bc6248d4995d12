using MediatR;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.GetIssue;

/// <summary>Reads one issue by its number.</summary>
public sealed record GetIssue(string IssueId) : IRequest<OrderIssue>;
