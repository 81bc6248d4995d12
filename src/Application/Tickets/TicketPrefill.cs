using OrderIssues.Application.Issues;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets;

/// <summary>Fills in from a ticket what callers left out.</summary>
/// <remarks>
/// Nobody can correct a ticket's values: names and subjects that are too long are cut, others that break a rule are left out.
/// </remarks>
internal sealed class TicketPrefill(IValidator<CreateIssue> rules)
{
    /// <param name="issue">Valid issue, whose order may be missing.</param>
    /// <param name="ticket">Ticket of the issue.</param>
    /// <returns>Valid issue, with the ticket's id as its system spells it. The order may still be missing.</returns>
    public CreateIssue Apply(CreateIssue issue, Ticket ticket)
    {
        var filled = issue with
        {
            TicketId = ticket.TicketId,
            OrderId = string.IsNullOrEmpty(issue.OrderId) ? ticket.OrderId : issue.OrderId,
            CustomerName = issue.CustomerName ?? Cut(ticket.RequesterName, IssueField.CustomerName),
            CustomerEmail = issue.CustomerEmail ?? ticket.RequesterEmail,
            CustomerReachedAt = issue.CustomerReachedAt ?? ticket.CreatedAt?.ToString("O", CultureInfo.InvariantCulture),
            Notes = issue.Notes ?? Cut(ticket.Subject, IssueField.Notes),
        };
        var broken = rules.Validate(filled).Errors.Select(error => error.PropertyName).ToHashSet();
        string? Valid(string property, string? value) => broken.Contains(property) ? null : value;
        return filled with
        {
            TicketId = Valid(nameof(filled.TicketId), filled.TicketId) ?? issue.TicketId,
            OrderId = Valid(nameof(filled.OrderId), filled.OrderId),
            CustomerName = Valid(nameof(filled.CustomerName), filled.CustomerName),
            CustomerEmail = Valid(nameof(filled.CustomerEmail), filled.CustomerEmail),
            CustomerReachedAt = Valid(nameof(filled.CustomerReachedAt), filled.CustomerReachedAt),
            Notes = Valid(nameof(filled.Notes), filled.Notes),
        };
    }

    private static string? Cut(string? text, IssueField field) =>
        PlainText.CleanOrNull(text) is { } clean ? PlainText.Cut(clean, field.MaxLength) : null;
}
