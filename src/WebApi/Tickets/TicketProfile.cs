using AutoMapper;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.WebApi.Tickets;

/// <summary>Tickets to responses, by name.</summary>
internal sealed class TicketProfile : Profile
{
    public TicketProfile()
    {
        // Tags that aren't known are left out.
        AllowNullCollections = true;
        CreateMap<Ticket, TicketModel>();
    }
}
