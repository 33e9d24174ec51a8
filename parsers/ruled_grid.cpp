#include "parsers/ruled_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr double same_line = 2.5;      // points between what is meant as one line (double borders)
constexpr double gap = 3;              // points by which ends may miss each other
constexpr double smallest_table = 20;  // points: what is smaller is a drawn check box

bool touch(const Line& level, const Line& upright) {
  return upright.at >= level.from - gap && upright.at <= level.to + gap &&
         level.at >= upright.from - gap && level.at <= upright.to + gap;
}

// Pieces that lie in one line and meet become one.
std::vector<Line> join(std::vector<Line> lines) {
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
  std::vector<Line> joined;
  for (auto begin = lines.begin(); begin != lines.end();) {
    auto end = begin;
    while (end != lines.end() && end->at - begin->at <= same_line) ++end;
    const double at = begin->at;
    std::sort(begin, end, [](const Line& a, const Line& b) { return a.from < b.from; });
    for (auto line = begin; line != end; ++line) {
      const bool meets = line != begin && line->from - joined.back().to <= gap;
      if (meets) {
        joined.back().to = std::max(joined.back().to, line->to);
      } else {
        joined.push_back({line->level, at, line->from, line->to});
      }
    }
    begin = end;
  }
  return joined;
}

// Underlines and strokes that meet fewer than two others enclose nothing.
void drop_loose_ends(std::vector<Line>& level, std::vector<Line>& upright) {
  const auto loose = [](const std::vector<Line>& others) {
    return [&others](const Line& line) {
      return std::count_if(others.begin(), others.end(), [&line](const Line& other) {
               return line.level ? touch(line, other) : touch(other, line);
             }) < 2;
    };
  };
  constexpr int rounds = 3;  // what hangs on what hangs on a loose end
  for (int i = 0; i < rounds; ++i) {
    std::erase_if(level, loose(upright));
    std::erase_if(upright, loose(level));
  }
}

struct Group {
  std::vector<Line> level, upright;
};

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t i) {
  while (parents[i] != i) i = parents[i] = parents[parents[i]];
  return i;
}

// Lines that touch, directly or over others, are one table's.
std::vector<Group> groups_of(const std::vector<Line>& level, const std::vector<Line>& upright) {
  std::vector<std::size_t> parents(level.size() + upright.size());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  for (std::size_t i = 0; i < level.size(); ++i) {
    for (std::size_t j = 0; j < upright.size(); ++j) {
      if (!touch(level[i], upright[j])) continue;
      parents[root_of(parents, i)] = root_of(parents, level.size() + j);
    }
  }
  std::vector<Group> groups(parents.size());
  for (std::size_t i = 0; i < level.size(); ++i) {
    groups[root_of(parents, i)].level.push_back(level[i]);
  }
  for (std::size_t j = 0; j < upright.size(); ++j) {
    groups[root_of(parents, level.size() + j)].upright.push_back(upright[j]);
  }
  std::erase_if(groups, [](const Group& g) { return g.level.size() < 2 || g.upright.size() < 2; });
  return groups;
}

std::vector<double> positions(const std::vector<Line>& lines) {
  std::vector<double> all;
  for (const Line& line : lines) all.push_back(line.at);
  std::sort(all.begin(), all.end());
  all.erase(
      std::unique(all.begin(), all.end(), [](double a, double b) { return b - a <= same_line; }),
      all.end());
  return all;
}

// Is there a line at `at` that passes through `through`?
bool wall(const std::vector<Line>& lines, double at, double through) {
  return std::any_of(lines.begin(), lines.end(), [at, through](const Line& line) {
    return std::abs(line.at - at) <= same_line && line.from <= through && line.to >= through;
  });
}

RuledTable read_grid(const Group& group) {
  const std::vector<double> xs = positions(group.upright), ys = positions(group.level);
  const auto open_right = [&](std::size_t row, std::size_t column) {
    return !wall(group.upright, xs[column + 1], (ys[row] + ys[row + 1]) / 2);
  };
  const auto open_below = [&](std::size_t row, std::size_t column) {
    return !wall(group.level, ys[row + 1], (xs[column] + xs[column + 1]) / 2);
  };
  RuledTable table(xs, ys);
  const std::size_t rows = ys.size() - 1, columns = xs.size() - 1;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      if (table.taken(row, column)) continue;
      std::size_t right = column + 1, below = row + 1;
      while (right < columns && open_right(row, right - 1) && !table.taken(row, right)) ++right;
      while (below < rows && open_below(below - 1, column)) ++below;
      table.add(row, column, below, right);
    }
  }
  return table;
}

std::size_t fields_of(const Group& group) { return group.level.size() * group.upright.size(); }

}  // namespace

RuledTable::RuledTable(std::vector<double> xs, std::vector<double> ys)
    : xs_(std::move(xs)),
      ys_(std::move(ys)),
      rows_(ys_.size() - 1),
      owners_((xs_.size() - 1) * (ys_.size() - 1)) {}

bool RuledTable::taken(std::size_t row, std::size_t column) const {
  return owners_[row * columns() + column].has_value();
}

void RuledTable::add(std::size_t row, std::size_t column, std::size_t below, std::size_t right) {
  const Spot spot{row, rows_[row].size()};
  for (std::size_t r = row; r < below; ++r) {
    for (std::size_t c = column; c < right; ++c) owners_[r * columns() + c] = spot;
  }
  rows_[row].push_back({static_cast<int>(column),
                        static_cast<int>(right - column),
                        static_cast<int>(below - row),
                        {xs_[column], ys_[row], xs_[right], ys_[below]}});
}

std::optional<RuledTable::Spot> RuledTable::cell_at(double x, double y) const {
  if (!box().holds(x, y)) return std::nullopt;
  const auto column = std::upper_bound(xs_.begin(), xs_.end(), x) - xs_.begin() - 1;
  const auto row = std::upper_bound(ys_.begin(), ys_.end(), y) - ys_.begin() - 1;
  return owners_[static_cast<std::size_t>(row) * columns() + static_cast<std::size_t>(column)];
}

std::optional<std::vector<RuledTable>> find_tables(std::vector<Line> lines) {
  const auto middle =
      std::partition(lines.begin(), lines.end(), [](const Line& line) { return line.level; });
  std::vector<Line> level = join({lines.begin(), middle});
  std::vector<Line> upright = join({middle, lines.end()});
  if (level.size() + upright.size() > limits::pdf_grid_lines) return std::nullopt;
  drop_loose_ends(level, upright);
  std::vector<RuledTable> tables;
  std::size_t cells = 0;
  for (const Group& group : groups_of(level, upright)) {
    cells += fields_of(group);
    if (cells > limits::document_cells) return std::nullopt;
    RuledTable table = read_grid(group);
    const Rectangle box = table.box();
    const bool small =
        box.right - box.left < smallest_table || box.bottom - box.top < smallest_table;
    if (!small) tables.push_back(std::move(table));
  }
  std::stable_sort(tables.begin(), tables.end(), [](const RuledTable& a, const RuledTable& b) {
    return a.box().top < b.box().top;
  });
  return tables;
}

}  // namespace dengji
