using AutoMapper;
using OrderIssues.Application.Webhooks;
using OrderIssues.Application.Webhooks.Deliveries;

namespace OrderIssues.WebApi.Webhooks;

internal sealed class WebhookProfile : Profile
{
    public WebhookProfile()
    {
        CreateMap<WebhookStatus, WebhookModel>()
            .IncludeMembers(status => status.State)
            .ForMember(model => model.Name, member => member.MapFrom(status => status.Endpoint.Name))
            .ForMember(model => model.Url, member => member.MapFrom(status => status.Endpoint.Address))
            .ForMember(model => model.Types, member => member.MapFrom(status => status.Endpoint.Types))
            .ForMember(model => model.State, member => member.MapFrom(status => StateOf(status)));
        CreateMap<EndpointState, WebhookModel>(MemberList.None);
        CreateMap<DeliveryError, WebhookErrorModel>();
        CreateMap<Delivery, WebhookDeliveryModel>();
        CreateMap<DeliveryOutcome, WebhookPingModel>()
            .ForMember(model => model.Milliseconds, member => member.MapFrom(outcome => (long)outcome.Duration.TotalMilliseconds));
    }

    private static string StateOf(WebhookStatus status) =>
        status.State.IsDisabled ? WebhookModel.Disabled : status.IsPaused ? WebhookModel.Paused : WebhookModel.Active;
}
