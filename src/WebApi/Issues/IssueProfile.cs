using AutoMapper;
using OrderIssues.Application.Issues.AddDiscussion;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Application.Issues.ExportIssues;
using OrderIssues.Application.Issues.GetStatistics;
using OrderIssues.Application.Issues.ListIssues;
using OrderIssues.Application.Issues.PatchIssue;
using OrderIssues.Application.Issues.UpdateStatus;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries.Statistics;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Issues.Requests.Filters;
using OrderIssues.WebApi.Issues.Responses;
using OrderIssues.WebApi.Issues.Responses.History;
using OrderIssues.WebApi.Issues.Responses.Statistics;

namespace OrderIssues.WebApi.Issues;

/// <summary>Requests to commands and issues to responses, by name. What the path says, the controller adds.</summary>
internal sealed class IssueProfile : Profile
{
    /// <summary>More are refused for these alone, so that no answer is larger than its request.</summary>
    private const int MostOthers = 100;

    public IssueProfile()
    {
        CreateMap<CreateIssueRequest, CreateIssue>().ForMember(issue => issue.Id, member => member.Ignore());
        CreateMap<CreateIssueFromTicketRequest, CreateIssue>().ForMember(issue => issue.Id, member => member.Ignore());
        CreateMap<CreateIssueItemRequest, CreateIssueItem>();
        CreateMap<UpdateStatusRequest, UpdateStatus>(MemberList.Source);
        CreateMap<AddDiscussionRequest, AddDiscussion>(MemberList.Source);

        CreateMap<PatchIssueRequest, PatchIssue>()
            .ForMember(patch => patch.IssueId, member => member.Ignore())
            .ForMember(patch => patch.IfMatch, member => member.Ignore())
            .ForMember(patch => patch.Others, member => member.MapFrom(request => request.Others == null ? Enumerable.Empty<string>() : request.Others.Keys.Take(MostOthers)));
        CreateMap<Optional<IReadOnlyList<CreateIssueItemRequest?>>, Optional<IReadOnlyList<CreateIssueItem?>>>().ConvertUsing((request, _, context) =>
            request.Map(items => items is null ? null : context.Mapper.Map<IReadOnlyList<CreateIssueItem?>>(items)));

        CreateMap<ObjectId, string>().ConvertUsing(id => id.ToString());
        CreateMap<OrderIssue, IssueBody>();
        CreateMap<IssueItem, IssueItemBody>();
        CreateMap<DiscussionMessage, DiscussionMessageBody>();
        CreateMap<HistoryEntry, HistoryEntryBody>();
        CreateMap<FieldChange, FieldChangeBody>();

        // What isn't there has the command's default.
        CreateMap<ListIssuesRequest, ListIssues>()
            .ForMember(list => list.QueryErrors, member => member.Ignore())
            .ForAllMembers(member => member.Condition((_, _, value) => value is not null));
        CreateMap<IssueList, PageBody>();

        CreateMap<GetStatisticsRequest, GetStatistics>().ForMember(statistics => statistics.QueryErrors, member => member.Ignore());
        CreateMap<IssueStatistics, StatisticsBody>().ForMember(body => body.GroupBy, member => member.Ignore());
        CreateMap<IssueGroup, IssueGroupBody>().ForMember(body => body.AvgHoursToResolve, member => member.MapFrom(group => Hours(group.TimeToResolve)));
        CreateMap<ExportIssuesRequest, ExportIssues>().ForMember(export => export.QueryErrors, member => member.Ignore());
    }

    /// <summary>To the hundredth.</summary>
    private static double? Hours(TimeSpan? time) => time is { } known ? Math.Round(known.TotalHours, 2) : null;
}
