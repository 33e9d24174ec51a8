#include "parsers/grouping.hpp"

namespace dengji {
namespace {

Role role_by_name(const File& file) {
  const ContentKind kind = file.content->kind;
  if (kind == ContentKind::commitment) return Role::commitment;
  if (kind == ContentKind::document || kind == ContentKind::unreadable) return Role::other;
  const FileType type = file.attachment->type;
  if (is_container(type) || file.attachment->problem) return Role::other;
  if (file.clues.role == Role::form) return Role::scan;  // a picture called 登记表
  if (file.clues.role) return *file.clues.role;
  return is_picture(type) ? Role::scan : Role::other;
}

}  // namespace

std::vector<Role> roles_of(const File& file) {
  const bool named = file.clues.role.has_value() || !is_picture(file.attachment->type);
  std::vector<Role> roles;
  for (const PageHint& hint : file.hints) {
    const Role seen = hint.role == Role::form ? Role::scan : hint.role;
    const bool sure = hint.confidence >= confident && (seen != Role::other || !named);
    const bool dim = hint.confidence >= weak && seen != Role::other && !named;
    if (sure || dim) {
      roles.push_back(seen);
    } else {
      roles.push_back(roles.empty() ? role_by_name(file) : roles.back());
    }
  }
  if (roles.empty()) roles.push_back(role_by_name(file));
  return roles;
}

}  // namespace dengji
