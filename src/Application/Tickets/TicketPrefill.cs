using System.Globalization;
using OrderIssues.Application.Issues;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets;

/// <summary>What a ticket tells of an issue. Nobody is to blame for what breaks a rule there, so that it is cut or left out.</summary>
internal sealed class TicketPrefill(IValidator<CreateIssue> rules)
{
    /// <summary>The issue, which is valid but for an order that may be missing, with what it leaves out from the ticket, and the id as the ticket has it.</summary>
    public CreateIssue Apply(CreateIssue issue, Ticket ticket)
    {
        var filled = issue with
        {
            TicketId = ticket.TicketId,
            OrderId = string.IsNullOrEmpty(issue.OrderId) ? ticket.OrderId : issue.OrderId,
            CustomerName = issue.CustomerName ?? Cut(ticket.RequesterName, FieldLimits.PersonName),
            CustomerEmail = issue.CustomerEmail ?? ticket.RequesterEmail,
            CustomerReachedAt = issue.CustomerReachedAt ?? ticket.CreatedAt?.ToString("O", CultureInfo.InvariantCulture),
            Notes = issue.Notes ?? Cut(ticket.Subject, FieldLimits.Notes),
        };
        var broken = rules.Validate(filled).Errors.Select(error => error.PropertyName).ToHashSet();
        string? Left(string field, string? value, string? otherwise = null) => broken.Contains(field) ? otherwise : value;
        return filled with
        {
            TicketId = Left(nameof(filled.TicketId), filled.TicketId, issue.TicketId),
            OrderId = Left(nameof(filled.OrderId), filled.OrderId),
            CustomerName = Left(nameof(filled.CustomerName), filled.CustomerName),
            CustomerEmail = Left(nameof(filled.CustomerEmail), filled.CustomerEmail),
            CustomerReachedAt = Left(nameof(filled.CustomerReachedAt), filled.CustomerReachedAt),
            Notes = Left(nameof(filled.Notes), filled.Notes),
        };
    }

    private static string? Cut(string? text, int most) => PlainText.CleanOrNull(text) is { } clean ? PlainText.Cut(clean, most) : null;
}
