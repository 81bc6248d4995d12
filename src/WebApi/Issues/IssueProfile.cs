using AutoMapper;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;

namespace OrderIssues.WebApi.Issues;

/// <summary>Requests to commands and issues to responses, by name. What the path says, the controller adds.</summary>
internal sealed class IssueProfile : Profile
{
    /// <summary>More are refused for these alone, so that no answer is larger than its request.</summary>
    private const int MaxUnknownKeys = 100;

    public IssueProfile()
    {
        CreateMap<CreateIssueRequest, CreateIssue>().ForMember(issue => issue.Id, member => member.Ignore());
        CreateMap<CreateIssueFromTicketRequest, CreateIssue>().ForMember(issue => issue.Id, member => member.Ignore());
        CreateMap<CreateIssueItemRequest, CreateIssueItem>();
        CreateMap<UpdateStatusRequest, UpdateStatus>(MemberList.Source);
        CreateMap<AddDiscussionRequest, AddDiscussion>(MemberList.Source);

        CreateMap<PatchIssueRequest, PatchIssue>()
            .ForMember(patch => patch.IssueId, member => member.Ignore())
            .ForMember(patch => patch.ExpectedStates, member => member.Ignore())
            .ForMember(patch => patch.Others, member => member.MapFrom(request => request.Others == null ? Enumerable.Empty<string>() : request.Others.Keys.Take(MaxUnknownKeys)));
        CreateMap<Optional<IReadOnlyList<CreateIssueItemRequest?>>, Optional<IReadOnlyList<CreateIssueItem?>>>().ConvertUsing((request, _, context) =>
            request.Map(items => items is null ? null : context.Mapper.Map<IReadOnlyList<CreateIssueItem?>>(items)));

        CreateMap<EntityId, string>().ConvertUsing(id => id.ToString());
        CreateMap<OrderIssue, IssueModel>();
        CreateMap<IssueItem, IssueItemModel>();
        CreateMap<DiscussionMessage, DiscussionMessageModel>();
        CreateMap<HistoryEntry, HistoryEntryModel>();
        CreateMap<FieldChange, FieldChangeModel>();

        // What isn't there has the command's default.
        CreateMap<ListIssuesRequest, ListIssues>()
            .ForMember(list => list.QueryErrors, member => member.Ignore())
            .ForAllMembers(member => member.Condition((_, _, value) => value is not null));
        CreateMap<IssueList, PageModel>();

        CreateMap<GetStatisticsRequest, GetStatistics>().ForMember(statistics => statistics.QueryErrors, member => member.Ignore());
        CreateMap<IssueStatistics, StatisticsModel>().ForMember(body => body.GroupBy, member => member.Ignore());
        CreateMap<IssueGroup, IssueGroupModel>().ForMember(body => body.AvgHoursToResolve, member => member.MapFrom(group => Hours(group.TimeToResolve)));
        CreateMap<ExportIssuesRequest, ExportIssues>().ForMember(export => export.QueryErrors, member => member.Ignore());
    }

    /// <summary>To the hundredth.</summary>
    private static double? Hours(TimeSpan? time) => time is { } known ? Math.Round(known.TotalHours, 2) : null;
}
