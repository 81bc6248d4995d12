using System.Linq.Expressions;
using AutoMapper;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.Bulk;
using OrderIssues.Application.Issues.Merging;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;

namespace OrderIssues.WebApi.Issues;

// Controllers add values of the path and the headers.
internal sealed class IssueProfile : Profile
{
    public IssueProfile()
    {
        CreateReportMap<CreateIssueRequest>();
        CreateReportMap<CreateIssueFromTicketRequest>();
        CreateMap<CreateIssueItemRequest, CreateIssueItem>();
        CreateMap<UpdateStatusRequest, UpdateStatus>(MemberList.Source);
        CreateMap<AddDiscussionRequest, AddDiscussion>(MemberList.Source);
        CreateMap<MergeIssueRequest, MergeIssue>(MemberList.Source);

        CreateMap<PatchIssueRequest, PatchIssue>()
            .ForMember(patch => patch.IssueId, member => member.Ignore())
            .ForMember(patch => patch.ExpectedRevisions, member => member.Ignore())
            .ForMember(patch => patch.ReturnsHead, member => member.Ignore())
            .ForMember(patch => patch.Attempt, member => member.Ignore());
        CreateMap<Optional<IReadOnlyList<CreateIssueItemRequest?>>, Optional<IReadOnlyList<CreateIssueItem?>>>()
            .ConvertUsing((request, _, context) =>
                request.Map(items => items is null ? null : context.Mapper.Map<IReadOnlyList<CreateIssueItem?>>(items)));

        CreateFilterMap<IssueFilterModel, IssueSelection>();
        CreateMap<PatchIssuesRequest, ChangeOfIssues>();
        CreateMap<ChangeIssuesRequest, ChangeIssues>()
            .ForMember(change => change.IssueIds, member => member.AllowNull())
            .ForMember(change => change.Attempt, member => member.Ignore());

        CreateMap<EntityId, string>().ConvertUsing(id => id.ToString());
        CreateMap<CostRequest, IssueCost>();
        CreateMap<Optional<CostRequest>, Optional<IssueCost>>().ConvertUsing((request, _, context) =>
            request.Map(cost => cost is null ? null : context.Mapper.Map<IssueCost>(cost)));
        CreateMap<OrderIssue, IssueModel>()
            .ForMember(model => model.ETag, member => member.Ignore())
            .ForMember(model => model.Tags, member => NoneIfEmpty(member, issue => issue.Tags));
        CreateMap<Cost, CostModel>();
        CreateMap<IssueItem, IssueItemModel>();
        CreateMap<DiscussionMessage, DiscussionMessageModel>();
        CreateMap<HistoryEntry, HistoryEntryModel>();
        CreateMap<FieldChange, FieldChangeModel>();

        CreateFilterMap<ListIssuesRequest, ListIssues>()
            .ForMember(list => list.Sort, member => member.Condition(request => request.Sort is not null))
            .ForMember(list => list.Limit, member => member.MapFrom(request => request.LimitOr(ListIssues.DefaultLimit)))
            .ForMember(list => list.Count, member => member.MapFrom(request => request.Count == "true"));
        CreateMap<IssueList, PageModel>();

        CreateFilterMap<GetStatisticsRequest, GetStatistics>();
        CreateMap<IssueStatistics, StatisticsModel>()
            .ForMember(model => model.GroupBy, member => member.Ignore())
            .ForMember(model => model.Cost, member => NoneIfEmpty(member, statistics => statistics.Cost));
        CreateMap<IssueGroup, IssueGroupModel>()
            .ForMember(model => model.Cost, member => NoneIfEmpty(member, group => group.Cost))
            .ForMember(model => model.Keys, member =>
            {
                member.AllowNull();
                member.MapFrom(group => group.Keys.Count == 1 ? null : group.Keys);
            })
            .ForMember(model => model.AvgHoursToResolve, member => member.MapFrom(group => Hours(group.TimeToResolve)));

        CreateFilterMap<ExportIssuesRequest, ExportIssues>();
        CreateMap<KnownStatus, KnownStatusModel>();
        CreateMap<IssueVocabulary, VocabularyModel>()
            .ForMember(model => model.AnyType, member => member.MapFrom(vocabulary => vocabulary.Types.Count == 0))
            .ForMember(model => model.Channels, member => member.MapFrom(_ => Channels.All))
            .ForMember(model => model.Priorities, member => member.MapFrom(_ => Priorities.All))
            .ForMember(model => model.Faults, member => member.MapFrom(_ => Faults.All));
    }

    private static void NoneIfEmpty<TSource, TModel, TMember, TElement>(
        IMemberConfigurationExpression<TSource, TModel, TMember> member, Expression<Func<TSource, IReadOnlyList<TElement>>> list)
    {
        var read = list.Compile();
        member.AllowNull();
        member.MapFrom((source, _) => read(source) is { Count: > 0 } elements ? elements : null);
    }

    private void CreateReportMap<TRequest>()
        where TRequest : NewIssueRequest =>
        CreateMap<TRequest, CreateIssue>()
            .ForMember(issue => issue.Id, member => member.Ignore())
            .ForMember(issue => issue.FindsDuplicates, member => member.Ignore());

    private IMappingExpression<TRequest, TQuery> CreateFilterMap<TRequest, TQuery>()
        where TRequest : IssueFilterRequest
        where TQuery : FilteredRequest =>
        CreateMap<TRequest, TQuery>()
            .ForMember(query => query.Fields, member => member.MapFrom(request => request.Fields()))
            .ForMember(query => query.Resolved, member => member.MapFrom(request => IssueFilterRequest.Boolean(request.Resolved)))
            .ForMember(query => query.Overdue, member => member.MapFrom(request => IssueFilterRequest.Boolean(request.Overdue)))
            .ForMember(
                query => query.OlderThanHours, member => member.MapFrom(request => IssueFilterRequest.Integer(request.OlderThanHours)));

    private static double? Hours(TimeSpan? time) => time is { } known ? Math.Round(known.TotalHours, 2) : null;
}
