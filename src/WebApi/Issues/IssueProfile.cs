using AutoMapper;
using OrderIssues.Application.Issues.AddDiscussion;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Application.Issues.ExportIssues;
using OrderIssues.Application.Issues.ListIssues;
using OrderIssues.Application.Issues.UpdateStatus;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Issues.Responses;
using OrderIssues.WebApi.Issues.Responses.History;

namespace OrderIssues.WebApi.Issues;

/// <summary>Requests to commands and issues to responses, by name. What the path says, the controller adds.</summary>
internal sealed class IssueProfile : Profile
{
    public IssueProfile()
    {
        CreateMap<CreateIssueRequest, CreateIssue>();
        CreateMap<CreateIssueItemRequest, CreateIssueItem>();
        CreateMap<UpdateStatusRequest, UpdateStatus>(MemberList.Source);
        CreateMap<AddDiscussionRequest, AddDiscussion>(MemberList.Source);

        CreateMap<ObjectId, string>().ConvertUsing(id => id.ToString());
        CreateMap<OrderIssue, IssueBody>();
        CreateMap<IssueItem, IssueItemBody>();
        CreateMap<DiscussionMessage, DiscussionMessageBody>();
        CreateMap<HistoryEntry, HistoryEntryBody>();
        CreateMap<FieldChange, FieldChangeBody>();

        // What isn't there has the command's default.
        CreateMap<ListIssuesRequest, ListIssues>().ForAllMembers(member => member.Condition((_, _, value) => value is not null));
        CreateMap<IssueList, PageBody>();
        CreateMap<ExportIssuesRequest, ExportIssues>();
    }
}
